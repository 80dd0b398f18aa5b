using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Records;
using Syncline.Sandbox.Lemlist;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>What Lemlist's documents leave open may be either way: what is read and written is the same.</summary>
public sealed class LemlistUnderEitherAnswer
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Answers =>
    [
        "limit-form=Sliding", "rate-headers=None", "rate-headers=OnlyOn429", "throttle-next=3", "throttle-body=Empty;throttle-next=2",
        "activities-version=Works", "over-limit=Clamp", "activity-order=OldestFirst", "unstable-ties=true", "deepest-offset=150", "collisions=VariableWins", "group-rows=true",
        "campaigns-form=Array", "campaigns-form=Envelope", "campaigns-form=Data", "campaigns-form=Results", "archived-listed=true",
        "duplicate-lead=Refuse400", "duplicate-lead=Refuse500", "duplicate-lead=SameLead", "duplicate-lead=SecondLead", "patch-reaches-contact=true", "delete-scope=Team",
        "drift=Insert", "drift=BackDate", "drift=Mutate", "drift=Delete", "drift=All",
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Everything_is_read_in_the_end(string answer)
    {
        SandboxConnection<LemlistSimulator> sandbox = Filled(answer);
        CommittedPages people = new(), feed = new(["companies", "people"]);
        HashSet<string> skipped = [];
        for (int reading = 0; reading < 3; reading++)
        {
            await people.RunAsync(Source(sandbox, "people"), Token);
            foreach (Page page in await feed.RunAsync(Source(sandbox, "activities"), Token)) skipped.UnionWith(page.Rejections.Where(r => r.IsSkip).Select(r => r.Key.Id));
            if (reading == 0) sandbox.Turn("drift", "None");
            sandbox.Clock.Pass(TimeSpan.FromHours(25));
        }
        HashSet<string> there = [.. sandbox.Simulator.Activities.Select(a => a.Id)];
        HashSet<string> read = [.. feed.Records.Keys.Where(k => k.Stream == "activities").Select(k => k.Id)];
        Assert.Subset(read.Concat(skipped).ToHashSet(), there);
        Assert.Equal(sandbox.Simulator.Contacts.Select(c => c.Id).Order(StringComparer.Ordinal), people.Records.Keys.Select(k => k.Id).Order(StringComparer.Ordinal));
        Assert.Contains(people.Records.Values, r => r.Fields["campaign_name"]?.ToString() == "Autumn");
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Everybody_is_written_once(string answer)
    {
        SandboxConnection<LemlistSimulator> sandbox = Filled(answer);
        string campaign = sandbox.Simulator.Campaigns.Single(c => c.Name == "Spring").Id;
        int before = sandbox.Simulator.LeadsOf(campaign).Count, contacts = sandbox.Simulator.Contacts.Count();
        Connection connection = sandbox.Open(("campaign", "Spring"));
        IDestination destination = connection.Destination!;
        DestinationStream stream = destination.Streams.Single();
        Assert.Empty(await destination.PrepareAsync([.. connection.Maps.Where(m => m.Kind == RecordKind.Person)], Token));
        for (int i = 0; i < 5; i++)
        {
            FieldSet fields = FieldSet.Of(("email", FieldValue.Of($"new{i}@example.com")), ("firstName", FieldValue.Of("New")), ("companyName", FieldValue.Of("Example Ltd")), ("campaign", FieldValue.Of("Spring")));
            Assert.Empty(await destination.FindAsync(stream, [new(i, fields)], Token));
            Assert.IsType<WriteOutcome.Written>(await WriteAsync(Verb.Create, null, fields));
            Found found = Assert.Single(await destination.FindAsync(stream, [new(i, fields)], Token));
            Assert.Equal("Spring", found.Record.Fields["campaign"]?.Text);
            Assert.IsType<WriteOutcome.Written>(await WriteAsync(Verb.Update, found.Record.Key.Id, FieldSet.Of(("jobTitle", FieldValue.Of("Engineer")), ("companyName", FieldValue.Of("Example Inc")))));
        }
        Assert.Equal((before + 5, contacts + 5), (sandbox.Simulator.LeadsOf(campaign).Count, sandbox.Simulator.Contacts.Count()));
        Assert.IsType<WriteOutcome.Deleted>(await WriteAsync(Verb.Delete, sandbox.Simulator.Contact("new0@example.com")!.Id, FieldSet.Empty));
        Assert.Equal(before + 4, sandbox.Simulator.LeadsOf(campaign).Count);
        Assert.False(sandbox.Simulator.Contact("new0@example.com")!.IsUnsubscribed);
        Assert.Equal((0, 0), (sandbox.Simulator.CreditsSpent, sandbox.Simulator.Unsubscribed.Count));

        async Task<WriteOutcome> WriteAsync(Verb verb, string? id, FieldSet fields) =>
            Assert.Single(await destination.WriteAsync(stream, [new($"{verb}-{id}", new("lemlist", "people"), RecordKind.Person, 1, verb, fields) { RemoteId = id }], Token));
    }

    [Fact]
    public async Task A_deleted_contact_is_absent_when_it_is_asked_for()
    {
        SandboxConnection<LemlistSimulator> sandbox = Filled("");
        string gone = sandbox.Simulator.Contact("lead3@example.com")!.Id;
        sandbox.Simulator.Life.DeleteContact(gone);
        Assert.Empty(await ((IPointSource)Source(sandbox, "people")).FetchAsync([gone], Token));
    }

    [Fact]
    public async Task An_unsubscription_reaches_the_person_by_the_feed()
    {
        SandboxConnection<LemlistSimulator> sandbox = Filled("");
        CommittedPages feed = new(["companies"]);
        await feed.RunAsync(Source(sandbox, "activities"), Token);
        LemlistLeadView lead = sandbox.Simulator.Leads.First();
        sandbox.Clock.Pass(TimeSpan.FromHours(1));
        sandbox.Simulator.Life.Unsubscribe(lead.Id);
        sandbox.Clock.Pass(TimeSpan.FromMinutes(1));
        await feed.RunAsync(Source(sandbox, "activities"), Token);
        Assert.Contains(feed.Records.Values, r => r.Kind == RecordKind.Person && r.Fields["unsubscribed"] == FieldValue.Of(true));
    }

    private static ISource Source(SandboxConnection<LemlistSimulator> sandbox, string stream) => sandbox.Open(("contacts_every", "0m")).Sources.Single(s => s.Stream.Id.Name == stream);

    /// <summary>Two campaigns, one of them archived, forty leads, and four hundred things that happened to them in ten days.</summary>
    private static SandboxConnection<LemlistSimulator> Filled(string answer)
    {
        SandboxConnection<LemlistSimulator> sandbox = LemlistSandbox.New();
        LemlistLife life = sandbox.Simulator.Life;
        string[] campaigns = [life.AddCampaign("Spring", "running"), life.AddCampaign("Autumn", "running")];
        string[] leads = [.. Enumerable.Range(0, 40).Select(i => life.AddLead(campaigns[i % 2], $"lead{i}@example.com"))];
        for (int i = 0; i < 400; i++)
        {
            if (i % 3 == 0) sandbox.Clock.Pass(TimeSpan.FromHours(1.7));
            string lead = leads[i * 7 % leads.Length];
            _ = (i % 5) switch { 0 => life.Reply(lead, "Yes.", TimeSpan.FromSeconds(95)), 1 => life.Open(lead, i % 2 == 0), 2 => life.ReplyOnLinkedIn(lead, "Tell me more."), _ => life.Send(lead) };
        }
        life.SetCampaignStatus(campaigns[1], "archived");
        life.Annotate(life.AddCompany("Example Ltd", "example.com"), "A note");
        life.Alert("sendLimitReached");
        sandbox.Clock.Pass(TimeSpan.FromMinutes(10));
        foreach (string[] turn in answer.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(t => t.Split('='))) sandbox.Turn(turn[0], turn[1]);
        return sandbox;
    }
}
