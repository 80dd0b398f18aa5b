using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Campaigns;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Unsubscribes;

namespace Syncline.Sandbox.Lemlist;

/// <summary>Invents campaigns, people and what they did, dated before now. No hook is sent for any of it.</summary>
internal sealed class WorldInvention(LemlistTeam team, int seed)
{
    private static readonly string[] First = ["Ada", "Bela", "Cleo", "Dario", "Edda", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Kaja", "Levi", "Mila", "Nils", "Orla", "Piet"];
    private static readonly string[] Last = ["Aster", "Birke", "Clover", "Dorn", "Esche", "Farn", "Ginster", "Hasel", "Ilex", "Jasmin", "Kiefer", "Linde", "Mohn", "Nelke", "Orchid", "Pappel", "Quitte"];
    private static readonly string[] Titles = ["Head of Sales", "Founder", "Operations Lead", "Marketing Manager", "Engineer"];
    private static readonly string[] Course = ["emailsSent", "emailsOpened", "emailsClicked", "linkedinInviteDone", "linkedinInviteAccepted", "linkedinSent", "emailsReplied", "linkedinReplied"];

    private readonly Random _random = new(seed);
    private readonly LeadIntake _intake = new(team);
    private readonly List<(DateTimeOffset At, Lead Lead, string Type)> _planned = [];

    public void Populate(LemlistWorld world)
    {
        Campaign[] campaigns = [.. Enumerable.Range(0, Math.Max(1, world.Campaigns)).Select(i => NewCampaign(i, world))];
        int first = team.Contacts.All.Count + 1;
        for (int i = 0; i < world.People; i++) Invent(first + i, i, campaigns, world);
        // Rows enter the feed in the order of their times: the state of a lead is that of its last row.
        DateTimeOffset last = default;
        foreach ((DateTimeOffset at, Lead lead, string type) in _planned.OrderBy(p => p.At))
        {
            last = last != default && Hits(world.Ties) ? last : at;
            Tell(last, lead, type, world);
        }
        for (int i = 0; i < world.Notes; i++) Note(i, world);
    }

    private Campaign NewCampaign(int index, LemlistWorld world)
    {
        // Two of them bear the same name: only the id tells them apart.
        string name = index == 0 ? "Outreach" : $"Outreach {Math.Max(2, index)}";
        Campaign campaign = new(name, world.Statuses[index % world.Statuses.Count], team.Users[index % team.Users.Count], team.Now - world.Span - TimeSpan.FromHours(index + 1), team.Ids);
        team.Campaigns.Add(campaign);
        return campaign;
    }

    private void Invent(int number, int index, Campaign[] campaigns, LemlistWorld world)
    {
        Dictionary<string, string> variables = Variables(number, world);
        Lead lead = _intake.Add(campaigns[index % campaigns.Length], variables, "csv");
        Plan(lead, world);
        if (campaigns.Length > 1 && Hits(world.TwoCampaigns)) Plan(_intake.Add(campaigns[(index + 1) % campaigns.Length], variables, "csv"), world);
        if (lead.Email is { } email && Hits(world.Unsubscribed)) team.Unsubscribes.Add(email, (UnsubscribeSource)_random.Next(5));
    }

    private Dictionary<string, string> Variables(int number, LemlistWorld world)
    {
        (string first, string last) = (First[number % First.Length], Last[number / First.Length % Last.Length]);
        string slug = $"{first}-{last}-{number}".ToLowerInvariant();
        int company = number / 3;
        Dictionary<string, string> variables = new(StringComparer.Ordinal) { ["firstName"] = first, ["lastName"] = last };
        bool hasNoEmail = Hits(world.NoEmail);
        if (!hasNoEmail) variables["email"] = slug.Replace('-', '.') + "@example.com";
        variables["linkedinUrl"] = "https://www.linkedin.com/in/" + slug;
        variables["companyName"] = $"{Last[company % Last.Length]} Works {company}";
        variables["companyDomain"] = $"works{company}.example.com";
        variables["jobTitle"] = Titles[number % Titles.Length];
        if (Hits(world.CustomVariables)) (variables["segment"], variables["first line"]) = ("north", "Saw your talk,\n\"plain\" words");
        if (Hits(world.Collisions)) (variables["name"], variables["type"], variables["text"], variables["note"]) = ("Their name", "partner", "Their text", "Their note");
        return variables;
    }

    private void Plan(Lead lead, LemlistWorld world)
    {
        TimeSpan step = world.Span / (world.ActivitiesPerLead + 1);
        DateTimeOffset at = team.Now - world.Span + (_random.NextDouble() * step);
        for (int i = 0; i < world.ActivitiesPerLead; i++, at += step * (0.5 + (_random.NextDouble() / 2))) _planned.Add((Whole(at), lead, Course[i % Course.Length]));
    }

    private void Tell(DateTimeOffset at, Lead lead, string type, LemlistWorld world)
    {
        bool isOld = Hits(world.OldRows), isOdd = Hits(world.Oddities);
        if (isOdd) type = _random.Next(2) == 0 ? "somethingNewDone" : "callRecordingDone";
        bool isReply = type == "emailsReplied", isMail = type.StartsWith("emails", StringComparison.Ordinal);
        Activity activity = new(team.Ids.Next("act"), type, isReply ? WholeSecond(at) : at)
        {
            SeenAt = isReply ? at.AddMinutes(2) : at,
            Lead = lead,
            Contact = lead.Contact,
            ShowsContact = !isOld,
            ShowsStepId = !isOld,
            Step = Math.Max(0, Array.IndexOf(Course, type) / 2),
            IsBot = type is "emailsOpened" or "emailsClicked" && Hits(world.Bots),
            UserId = lead.Campaign.Owner.Id,
            Sender = lead.Campaign.Owner,
            Subject = isMail ? "A question" : null,
            Preview = isReply ? "Sounds good, let us talk." : null,
            Text = isMail ? null : type.StartsWith("linkedin", StringComparison.Ordinal) ? "Hello, thank you for the invitation." : null,
            Html = isMail ? "<div>Sounds good, let us talk.</div>" : null,
            Recording = type == "callRecordingDone" ? Recording() : null,
        };
        LeadEvents.Move(lead, type, at);
        team.Record(activity, quietly: true);
    }

    private JsonNode Recording() => _random.Next(2) == 0 ? JsonValue.Create("https://example.org/call.mp3") : new JsonObject { ["url"] = "https://example.org/call.mp3" };

    private void Note(int index, LemlistWorld world)
    {
        Company company = new(team.Ids.Next("cpn"), team.Users[0].Id, team.Now - world.Span) { Domain = string.Create(CultureInfo.InvariantCulture, $"works{index}.example.com") };
        company.Fields["name"] = $"{Last[index % Last.Length]} Works {index}";
        team.Companies.Add(company);
        team.Record(CompanyNotes.Make(team, company, "Could help our team.", team.Users[0]), quietly: true);
    }

    // A share of 0 draws nothing, so that switching an oddity off leaves the rest comparable.
    private bool Hits(double share) => share > 0 && _random.NextDouble() < share;

    private static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));

    private static DateTimeOffset WholeSecond(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
}
