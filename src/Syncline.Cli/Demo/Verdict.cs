using Syncline.Cli.Report;
using Syncline.Composition.Telling;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;
using Syncline.Syncs;

namespace Syncline.Cli.Demo;

/// <summary>Judges the demo from the providers' side, sharing nothing with the engine.</summary>
internal sealed class Verdict(DemoSandbox sandbox, LifeGoesOn life)
{
    public IReadOnlyList<Check> Of(RunFigures second, RunFigures third) => sandbox.Look<IReadOnlyList<Check>>(() =>
    [
        People(),
        Number("Messages in Attio, against the messages of those people in HeyReach", Sent().Count, sandbox.Attio.Records("linkedin_messages").Count),
        Number("of them with the same text, time and direction, tied to the right person both ways", Sent().Count, Same()),
        new("People who were in Attio before: still one record each", Tables.Number(sandbox.TypedIn.Count), Tables.Number(StillOne())),
        new($"{LifeGoesOn.EditedAttribute} that a person set in Attio while HeyReach changed too", LifeGoesOn.EditedValue, Edited()),
        Number("Records made by the second run", life.NewMessages + life.NewPeople, second.Tally.Created),
        Number("Records changed by the second run", life.Writers, second.Tally.Updated),
        Number("Writes of the third run", 0, WritesTo("attio", third)),
    ]);

    private static Check Number(string what, long expected, long found) => new(what, Tables.Number(expected), Tables.Number(found));

    private static long WritesTo(string connection, RunFigures run) => run.Tally.Calls.GetValueOrDefault(connection, CallCount.None).Writes;

    private Check People()
    {
        string[] leads = [.. Usable.Conversations(sandbox.HeyReach).Select(c => c.Lead.LinkedInId!).Distinct().Order(StringComparer.Ordinal)];
        string[] there = [.. sandbox.Attio.Records("people").Select(p => p.Text("heyreach_lead_id")).OfType<string>().Order(StringComparer.Ordinal)];
        int once = leads.Intersect(there).Count();
        string found = there.Length == once ? Tables.Number(once) : $"{Tables.Number(once)}, and {Tables.Number(there.Length - once)} too many";
        return new("People in Attio, against the usable leads in HeyReach, each once", Tables.Number(leads.Length), found);
    }

    private int StillOne()
    {
        ILookup<string, AttioRecordView> people = sandbox.Attio.Records("people").ToLookup(p => SlugOf(p.Text("linkedin") ?? ""));
        return sandbox.TypedIn.Count(t => people[SlugOf(t.Key)].Select(p => p.Id).SequenceEqual([t.Value]));
    }

    private string Edited() => (life.EditedRecord is { } id ? sandbox.Attio.Record("people", id)?.Text(LifeGoesOn.EditedAttribute) : null) ?? "(empty)";

    private List<(string Lead, string Conversation, long At, string Direction, string Body)> Sent() =>
    [
        .. from conversation in Usable.Conversations(sandbox.HeyReach)
           from message in conversation.Messages
           select (conversation.Lead.LinkedInId!, conversation.Id, message.CreatedAt.UtcTicks, message.Sender == HeyReachSide.Me ? "Outbound" : "Inbound", message.Body.Trim()),
    ];

    private int Same()
    {
        Dictionary<string, AttioRecordView> people = sandbox.Attio.Records("people").ToDictionary(p => p.Id);
        Dictionary<string, HashSet<string>> listed = people.ToDictionary(p => p.Key, p => p.Value.Texts(AttioPerson.Messages).ToHashSet());
        List<(string, string, long, string, string)> open = Sent();
        return sandbox.Attio.Records("linkedin_messages").Count(message =>
            message.Text("person") is { } person && people.TryGetValue(person, out AttioRecordView? owner) && listed[person].Contains(message.Id)
            && open.Remove((owner.Text("heyreach_lead_id") ?? "", message.Text("conversation_id") ?? "", AttioPerson.ParseTime(message.Text("sent_at")!).UtcTicks, message.Text("direction") ?? "", message.Text("body")?.Trim() ?? "")));
    }

    private static string SlugOf(string address) => Uri.UnescapeDataString(address.TrimEnd('/').Split('/')[^1]).ToLowerInvariant();
}
