using Syncline.Cli.Report;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Cli.Demo;

/// <summary>Follows one lead through the demo: best somebody who was in Attio already and has replied.</summary>
internal sealed class StoryTeller
{
    private readonly DemoSandbox _sandbox;
    private readonly FieldMap _map;
    private readonly IReadOnlyList<string> _attributes;
    private readonly IReadOnlyDictionary<string, string> _before;

    /// <summary>Made before the first run: it remembers what was there.</summary>
    public StoryTeller(DemoSandbox sandbox, IReadOnlyList<FieldMap> maps)
    {
        _sandbox = sandbox;
        _map = maps.First(m => m.Kind == RecordKind.Person);
        _attributes = AttioPerson.AttributesOf(_map);
        Subject = sandbox.Look(() => Usable.Conversations(sandbox.HeyReach).OrderByDescending(Interest).First());
        WasThere = sandbox.TypedIn.TryGetValue(Subject.Lead.ProfileUrl, out string? id);
        _before = sandbox.Look(() => AttioPerson.Read(id is null ? null : sandbox.Attio.Record("people", id), _attributes));
    }

    /// <summary>The lead's conversation as it was before the first run.</summary>
    public HeyReachConversation Subject { get; }

    public bool WasThere { get; }

    /// <summary>The lead's record at Attio; known after the first run.</summary>
    public AttioRecordView Person() => _sandbox.Attio.Records("people").First(p => p.Text("heyreach_lead_id") == Subject.Lead.LinkedInId);

    public async Task<PersonStory> TellPersonAsync(IHub hub, CancellationToken cancellationToken)
    {
        (string id, IReadOnlyDictionary<string, string> now) = _sandbox.Look(() => (Person().Id, AttioPerson.Read(Person(), _attributes)));
        RecordKey key = new("attio", "people", id);
        Link link = (await hub.FindLinksAsync([key], cancellationToken))[key];
        GoldenRecord golden = (await hub.LoadAsync([link.GoldenId], cancellationToken))[link.GoldenId];
        return new(golden.Fields["full_name"]?.Text ?? now.GetValueOrDefault("name", id), id, WasThere, [.. _attributes.Where(now.ContainsKey).Select(a => Tell(a, now[a], golden))]);
    }

    public MessageStory TellMessage() => _sandbox.Look(() =>
    {
        AttioRecordView person = Person();
        AttioRecordView[] theirs = [.. _sandbox.Attio.Records("linkedin_messages").Where(m => m.Texts("person").Contains(person.Id)).OrderBy(m => AttioPerson.ParseTime(m.Text("sent_at")!))];
        AttioRecordView told = theirs.LastOrDefault(m => m.Text("direction") == "Inbound" && m.Text("body") is not null) ?? theirs[^1];
        return new MessageStory(
            told.Text("direction") ?? "", AttioPerson.ParseTime(told.Text("sent_at")!), told.Text("body") ?? "(no text)", told.Text("message_uid") ?? "", told.Id,
            person.Text("name") ?? person.Id, person.Id, told.Texts("person").Contains(person.Id), person.Texts(AttioPerson.Messages).Contains(told.Id));
    });

    private FieldStory Tell(string attribute, string now, GoldenRecord golden)
    {
        FieldOrigin? origin = _map.Rules.Where(r => AttioPerson.AttributeOf(r.Remote) == attribute).Select(r => golden.Origins.GetValueOrDefault(r.Canonical)).LastOrDefault(o => o is not null);
        string? before = _before.GetValueOrDefault(attribute);
        return before == now ? new(attribute, before, now, "a person, in Attio", "kept") : new(attribute, before, now, SourceOf(attribute, origin), origin?.Rule);
    }

    private static string SourceOf(string attribute, FieldOrigin? origin) => (attribute, origin?.Source.Connection) switch
    {
        (AttioPerson.Messages, _) => "each message's reference to the person",
        (_, "heyreach") => "HeyReach lead " + origin!.Source.Id,
        (_, SyncScope.Derived) => "Syncline, from the messages",
        ("syncline_id", _) => "Syncline, its own mark",
        (_, null) => "Attio",
        _ => origin!.Source.ToString(),
    };

    private int Interest(HeyReachConversation conversation)
    {
        int score = conversation.Messages.Count + (_sandbox.TypedIn.ContainsKey(conversation.Lead.ProfileUrl) ? 100 : 0);
        return score + (conversation.Messages.Any(m => m.Sender == HeyReachSide.Correspondent) ? 50 : 0) + (conversation.Lead.Position is null ? 0 : 20);
    }
}

/// <summary>What of an inbox can be synced: talks with one person who can be told from others.</summary>
internal static class Usable
{
    public static IEnumerable<HeyReachConversation> Conversations(HeyReachSimulator heyreach) => heyreach.Conversations.Where(c => !c.GroupChat && c.Lead.LinkedInId is { Length: > 0 });
}
