using System.Text.Json.Nodes;
using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Records;
using Syncline.Sandbox.HubSpot;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>What HubSpot's documents leave open may be either way: what is written and read back is the same.</summary>
public sealed class HubSpotUnderEitherAnswer
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Answers { get; } =
    [
        nameof(HubSpotBehaviour.PartialBatches),
        nameof(HubSpotBehaviour.EqualWritesMoveTime),
        nameof(HubSpotBehaviour.AssociationsMoveTime),
        nameof(HubSpotBehaviour.AdditionalEmailsIdentify),
        nameof(HubSpotBehaviour.AdditionalEmailsWritable),
        nameof(HubSpotBehaviour.TakenEmailStatus),
        nameof(HubSpotBehaviour.CleansValues),
        nameof(HubSpotBehaviour.ArchivedReadable),
        nameof(HubSpotBehaviour.MergeKeepsPrimaryId),
        nameof(HubSpotBehaviour.MergedIdsReported),
        nameof(HubSpotBehaviour.FirstCompanyBecomesPrimary),
        nameof(HubSpotBehaviour.BackwardStages),
        nameof(HubSpotBehaviour.RepeatedDeleteStatus),
        nameof(HubSpotBehaviour.IndexLag),
        nameof(HubSpotBehaviour.RetryAfter),
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task The_same_is_written_and_read_back(string open) => Assert.Equal(await RunAsync(null), await RunAsync(open));

    [Fact]
    public async Task Thousands_of_people_are_written_and_read_without_one_refusal_for_rate()
    {
        HubSpotOffice office = new();
        Connection hubspot = office.Sandbox.Open();
        await hubspot.Destination!.PrepareAsync(hubspot.Maps, Token);
        DestinationStream contacts = hubspot.Destination.Streams.Single(s => s.Stream == "contacts");
        Operation[] people = [.. Enumerable.Range(0, 3_000).Select(i => Of("contacts", Verb.Create, null, ("email", List($"p{i}@example.com"))))];
        IReadOnlyList<WriteOutcome>[] written = await Task.WhenAll(people.Chunk(contacts.WriteBatch).Select(some => hubspot.Destination.WriteAsync(contacts, some, Token)));
        Assert.All(written.SelectMany(w => w), o => Assert.IsType<WriteOutcome.Written>(o));
        office.Sandbox.Clock.Pass(TimeSpan.FromMinutes(1));
        CommittedPages read = new();
        await read.RunAsync(hubspot.Sources.Single(s => s.Stream.Id.Name == "contacts"), Token);
        Assert.Equal((3_000, 0L), (read.Records.Count, hubspot.Permits.Calls.Throttled));
    }

    private static void Turn(HubSpotBehaviour behaviour, string open)
    {
        System.Reflection.PropertyInfo property = typeof(HubSpotBehaviour).GetProperty(open)!;
        object? other = property.GetValue(behaviour) switch
        {
            bool flag => !flag,
            Enum value => Enum.GetValues(property.PropertyType).Cast<object>().First(v => !v.Equals(value)),
            TimeSpan => TimeSpan.FromSeconds(8),
            int status => status switch { 409 => 400, 204 => 404, _ => status },
            _ => 3,
        };
        property.SetValue(behaviour, other);
    }

    /// <summary>A person with a company is made, changed, found by a further address, moved, merged and archived; so is a refusal. What became of each step, and what stands there in the end.</summary>
    private static async Task<IReadOnlyList<string>> RunAsync(string? open)
    {
        HubSpotOffice office = new();
        office.Define("notes", "syncline_key", isUnique: true);
        office.Sandbox.Clock.Pass(Settled);
        if (open is not null) Turn(office.Sandbox.Simulator.Behaviour, open);
        Connection hubspot = office.Sandbox.Open();
        await hubspot.Destination!.PrepareAsync(hubspot.Maps, Token);
        List<string> lines = [];

        string acme = await WriteAsync(Of("companies", Verb.Create, null, ("name", Text("Acme")), ("domain", List("acme.example.com"))));
        string other = await WriteAsync(Of("companies", Verb.Create, null, ("name", Text("Other")), ("domain", List("other.example.com"))));
        string ada = await WriteAsync(Of("contacts", Verb.Create, null, ("email", List("ada@example.com")), ("firstname", Text("Ada")), ("lifecyclestage", Text("customer")), ("associations.company", Company(acme))));
        lines.Add(Kind(await OutcomeAsync(Of("contacts", Verb.Create, null, ("email", List("ada@example.com"))))));
        lines.Add(Kind(await OutcomeAsync(Of("contacts", Verb.Create, null, ("email", List("bad@example.com")), ("lifecyclestage", Text("nonsense"))))));
        await WriteAsync(Of("contacts", Verb.Update, ada, ("jobtitle", Text("Engineer")), ("associations.company", Company(other))) with { Before = FieldSet.Of(("associations.company", Company(acme))) });
        lines.Add(Kind(await OutcomeAsync(Of("contacts", Verb.Update, ada, ("lifecyclestage", Text("lead"))))));
        await WriteAsync(Of("messages", Verb.Create, null, ("syncline_key", Text("message:1")), ("note.text", Text("Hello")), ("associations.contact", FieldValue.Reference("contacts", ada))));
        await WriteAsync(Of("messages", Verb.Create, null, ("syncline_key", Text("message:1")), ("note.text", Text("Hello")), ("associations.contact", FieldValue.Reference("contacts", ada))));
        office.Sandbox.Clock.Pass(Settled);
        CommittedPages read = new(["companies", "contacts"]);
        await read.RunAsync(Source("contacts"), Token);

        string eve = office.Add("contacts", ("email", "eve@example.com"), ("firstname", "Eve")), bob = office.Add("contacts", ("email", "bob@example.com"));
        string left = (string)office.Post("/crm/objects/2026-09/contacts/merge", new JsonObject { ["primaryObjectId"] = eve, ["objectIdToMerge"] = bob })["id"]!;
        office.Sandbox.Clock.Pass(Settled);
        await read.RunAsync(Source("contacts"), Token);
        lines.Add($"merged: {(await Source("contacts").FetchAsync([eve, bob], Token)).All(r => r.Key.Id == left)}");
        lines.Add($"further: {(await hubspot.Destination.FindAsync(Stream("contacts"), [new(1, FieldSet.Of(("email", List("bob@example.com"))))], Token)).Count}");
        lines.Add($"by domain: {(await hubspot.Destination.FindAsync(Stream("companies"), [new(1, FieldSet.Of(("domain", List("acme.example.com"))))], Token)).Count}");
        lines.Add(Kind(await OutcomeAsync(Of("companies", Verb.Delete, acme))));
        lines.Add(Kind(await OutcomeAsync(Of("companies", Verb.Delete, acme))));
        lines.AddRange(read.Records.Values.Where(r => r.Key.Id == left || (r.Key.Id != eve && r.Key.Id != bob)).Select(r => r.Fields.ToString().Replace(other, "OTHER", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        return lines;

        IPointSource Source(string stream) => hubspot.Sources.OfType<IPointSource>().Single(s => s.Stream.Id.Name == stream);

        DestinationStream Stream(string name) => hubspot.Destination.Streams.Single(s => s.Stream == name);

        async Task<string> WriteAsync(Operation operation)
        {
            RemoteRecord written = Assert.IsType<WriteOutcome.Written>(await OutcomeAsync(operation)).Record;
            return written.Key.Id;
        }

        async Task<WriteOutcome> OutcomeAsync(Operation operation) => (await hubspot.Destination.WriteAsync(Stream(operation.Stream.Name), [operation], Token))[0];
    }

    private static TimeSpan Settled => TimeSpan.FromSeconds(60);

    private static string Kind(WriteOutcome outcome) => outcome is WriteOutcome.Refused refused ? $"refused, {(refused.ConflictingId is null ? "" : "conflict ")}{refused.OptionalField}" : outcome.GetType().Name;

    private static FieldValue Text(string text) => FieldValue.Of(text);

    private static FieldValue List(string text) => FieldValue.List([FieldValue.Of(text)])!;

    private static FieldValue Company(string id) => FieldValue.Reference("companies", id);

    private static Operation Of(string stream, Verb verb, string? id, params (string, FieldValue?)[] fields) =>
        new($"{stream} {verb} {FieldSet.Of(fields)}", new("hubspot", stream), new(stream), 1, verb, FieldSet.Of(fields)) { RemoteId = id, Desired = FieldSet.Of(fields) };
}
