using Syncline.Loading;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Server.Tests.Served;
using Syncline.Syncs;

namespace Syncline.Server.Tests.Contacts;

/// <summary>A hub with Ada, whose name is markup, as two connections show her and a third was written; a second record that is she as well; and Bob.</summary>
internal sealed record KnownPeople(GoldenRecord Ada, GoldenRecord Twin, GoldenRecord Bob)
{
    public const string AdasName = "<b>Ada</b> Example";

    /// <summary>Where the lead list shows Ada.</summary>
    public static RecordKey AdasLead { get; } = new("lemlist", "people", "lea_ada");

    private static readonly RecordKey Inbox = new("heyreach", "people", "ada-example"), Crm = new("attio", "people", "5f0c"), TwinKey = new("lemlist", "people", "lea_twin"), BobKey = new("heyreach", "people", "bob-example");

    public static async Task<KnownPeople> EnterAsync(ServedFolder served)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        long run = await served.Store.Runs.StartAsync("linkedin-to-attio", "sync", token);
        KnownPeople known = await EnterAsync(served, run, token);
        await served.Store.Runs.FinishAsync(run, RunState.DoneWithDeadLetters, RunTally.Empty with { DeadLetters = 2 }, null, token);
        return known;
    }

    private static async Task<KnownPeople> EnterAsync(ServedFolder served, long run, CancellationToken token)
    {
        HubChanges changes = new();
        await using IHubSession session = await served.Store.Hub.BeginAsync(token);
        long id = await session.ReserveIdsAsync(3, token);
        GoldenRecord ada = Enter(changes, id, run, Inbox, ("full_name", Text(AdasName)), ("job_title", Text("Engineer")), ("company_name", Text("Wonder & Co")), ("email", Many("ada@example.com")), ("linkedin", Text("ada-example")));
        GoldenRecord twin = Enter(changes, id + 1, run, TwinKey, ("full_name", Text("Ada B. Example")), ("city", Text("Lyon")), ("email", Many("ada.b@example.org")));
        GoldenRecord bob = Enter(changes, id + 2, run, BobKey, ("full_name", Text("Bob Example")), ("email", Many("bob@example.com")));
        changes.Links.Add(new(AdasLead, RecordKind.Person, ada.Id) { Seen = FieldSet.Of(("full_name", Text("A. Example")), ("phone", Many("+33123456789"))) });
        changes.Links.Add(new(Crm, RecordKind.Person, ada.Id) { Sent = FieldSet.Of(("job_title", Text("Engineer"))), Answered = FieldSet.Of(("job_title", Text("Engineer"))) });
        changes.Conflicts.Add(new(ada.Id, RecordKind.Person, "job_title", Crm) { Base = Text("Engineer"), Ours = Text("Engineer"), Theirs = Text("<i>Director</i>"), RunId = run });
        changes.DeadLetters.Add(new(new("linkedin-to-attio", "attio", bob.Reference.Text), RecordKind.Person, "loading", "validation", "<u>Attio</u> refused the address.", run) { GoldenId = bob.Id });
        changes.DeadLetters.Add(new(new("linkedin-to-attio", "heyreach", "people/nameless"), RecordKind.Person, "extraction", "no-identity", "This profile has no address.", run));
        changes.DeadLetters.Add(new(new("linkedin-to-attio", "heyreach", "conversations/group"), RecordKind.Conversation, DeadLetter.SkippedStage, "group-chat", "Group chats are left out.", run));
        await session.SaveAsync(changes, token);
        await session.CommitAsync(token);
        return new(ada, twin, bob);
    }

    private static GoldenRecord Enter(HubChanges changes, long id, long run, RecordKey from, params (string Name, FieldValue? Value)[] fields)
    {
        FieldSet set = FieldSet.Of(fields);
        DateTimeOffset at = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        Dictionary<string, FieldOrigin> origins = set.ToDictionary(f => f.Name, f => new FieldOrigin(from, run, at, "first"));
        GoldenRecord golden = new(id, RecordKind.Person, set) { Origins = origins };
        changes.Golden.Add(golden);
        changes.Links.Add(new(from, RecordKind.Person, id) { Seen = set, SeenModifiedAt = at });
        changes.Keys.AddRange(IdentityKeys.Of(RecordKind.Person, set).Select(k => (k.Key, id)));
        changes.Feed.Add(new(id, RecordKind.Person, run, [.. set.Select(f => new FieldChange(f.Name, null, f.Value, origins[f.Name]))]));
        return golden;
    }

    private static FieldValue Text(string text) => FieldValue.Of(text);

    private static FieldValue Many(string text) => FieldValue.List([FieldValue.Of(text)])!;
}
