using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.HeyReach;

namespace Syncline.EndToEnd.MainJob;

/// <summary>Taking a workspace over that the script before Syncline has filled: its people, its messages under its own uids, its state file.</summary>
public sealed class AfterTheEarlierScript
{
    private const int People = 10, MessagesEach = 3;

    private static readonly Func<DateTimeOffset, string>[] Renderings =
    [
        at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
    ];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Nothing_that_is_there_is_written_twice(bool isFull, bool isStateLost)
    {
        await using Stage stage = await Stage.SetAsync(HeyReachWorld.Plain(People, MessagesEach));
        HeyReachConversation[] synced = [.. stage.HeyReach.Conversations.Take(People - 3)];
        foreach ((int index, HeyReachConversation thread) in synced.Index()) WriteAsTheScriptDid(stage.Attio, thread, index);
        if (!isStateLost) stage.Write(".sync/sync_state.json", StateOf(synced));
        string[] before = [.. stage.Attio.Records("people").Concat(stage.Attio.Records("linkedin_messages")).Select(r => r.Id)];

        await stage.DoAsync(isFull ? ["run", Stage.Sync, "--full"] : ["run", Stage.Sync]);
        IsThereOnce(stage, before);

        HeyReachConversation answered = synced[0];
        stage.HeyReach.ReplyArrives(answered.Id);
        await stage.DoAsync("run", Stage.Sync);
        Assert.Equal(People, stage.Attio.Records("people").Count);
        Assert.Equal((People * MessagesEach) + 1, stage.Attio.Records("linkedin_messages").Count);
        Assert.All(before, id => Assert.Contains(stage.Attio.Records("people").Concat(stage.Attio.Records("linkedin_messages")), r => r.Id == id));
    }

    private static void IsThereOnce(Stage stage, string[] before)
    {
        IReadOnlyList<AttioRecordView> people = stage.Attio.Records("people"), messages = stage.Attio.Records("linkedin_messages");
        Assert.Equal(People, people.Count);
        Assert.Equal(People, people.Select(p => p.Text("linkedin")).Distinct().Count());
        Assert.Equal(People * MessagesEach, messages.Count);
        Assert.Equal(People * MessagesEach, messages.Select(m => $"{m.Text("conversation_id")} {m.Text("sent_at")} {m.Text("direction")}").Distinct().Count());
        Assert.All(before, id => Assert.Contains(people.Concat(messages), r => r.Id == id));
        Assert.All(people.SelectMany(p => messages.Where(m => m.Text("person") == p.Id).GroupBy(m => m.Text("person"))), own => Assert.Equal(MessagesEach, own.Count()));
    }

    /// <summary>Sides in lower case and times as JavaScript or as HeyReach writes them: all are met in the field.</summary>
    private static void WriteAsTheScriptDid(AttioSimulator attio, HeyReachConversation thread, int index)
    {
        string slug = thread.Lead.ProfileUrl[(thread.Lead.ProfileUrl.LastIndexOf('/') + 1)..];
        string person = attio.CreateByPerson("people", new() { ["name"] = $"{thread.Lead.FirstName} {thread.Lead.LastName}", ["linkedin"] = slug, ["linkedin_url_6"] = thread.Lead.ProfileUrl });
        foreach (HeyReachMessage message in thread.Messages)
        {
            string side = message.Sender == HeyReachSide.Me ? "ME" : "CORRESPONDENT";
            string uid = $"{thread.Id}:{Renderings[index % 2](message.CreatedAt)}:{(index % 3 == 0 ? side : side.ToLowerInvariant())}";
            attio.CreateByPerson("linkedin_messages", new()
            {
                ["message_uid"] = uid,
                ["body"] = message.Body,
                ["conversation_id"] = thread.Id,
                ["sent_at"] = Renderings[1](message.CreatedAt),
                ["direction"] = side == "ME" ? "Outbound" : "Inbound",
                ["channel"] = "dm",
                ["person"] = new JsonArray(new JsonObject { ["target_object"] = "people", ["target_record_id"] = person }),
            });
        }
    }

    private static string StateOf(IEnumerable<HeyReachConversation> threads)
    {
        JsonObject all = [];
        foreach (HeyReachConversation thread in threads)
        {
            all[thread.Id] = new JsonObject { ["last_message_at"] = Renderings[0](thread.Messages[^1].CreatedAt), ["message_count"] = thread.Messages.Count, ["last_synced"] = "2025-10-01T15:19:22.989Z" };
        }
        return new JsonObject { ["last_sync"] = "2025-10-01T15:19:23.013Z", ["threads"] = all, ["people"] = new JsonObject() }.ToJsonString();
    }
}
