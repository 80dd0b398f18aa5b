using System.Globalization;
using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.HeyReach;

/// <summary>A small inbox that moves: both listings over live data, newest conversation first, day-granular <c>from</c>.</summary>
internal sealed class InboxWorld : SourceWorld
{
    private readonly bool _hasV3;
    private readonly FakeHeyReach _http;
    private readonly Dictionary<string, List<DateTimeOffset>> _threads = [];

    public InboxWorld(bool hasV3)
    {
        _hasV3 = hasV3;
        _http = new(Answer);
    }

    public FakeHeyReach Http => _http;

    public override ISource Open(int pageSize)
    {
        _http.Settings["page_size"] = pageSize.ToString(CultureInfo.InvariantCulture);
        return _http.Inbox();
    }

    public override ISource? OpenWithBadCredential(int pageSize)
    {
        _http.Settings["api_key"] = "wrong";
        return Open(pageSize);
    }

    public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
    {
        string thread = string.Create(CultureInfo.InvariantCulture, $"2-thread{_threads.Count}==");
        _threads[thread] = [];
        Say(thread);
        return Task.FromResult(new RecordKey("heyreach", "conversations", thread));
    }

    public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
    {
        Say(added.Id);
        return Task.FromResult(added);
    }

    public override void Pass(TimeSpan time) => _http.Clock.Pass(time);

    public void Delete(string thread) => _threads.Remove(thread);

    public void BackDate(string thread, TimeSpan before) => _threads[thread].Insert(0, _threads[thread][0] - before);

    private void Say(string thread)
    {
        Pass(TimeSpan.FromMilliseconds(200));
        _threads[thread].Add(_http.Clock.GetUtcNow());
    }

    private (int, string) Answer(SentCall call)
    {
        if (call.Key != "key-of-the-test") return (401, "Invalid API key");
        return call.Path switch
        {
            "inbox/GetConversationsV3" when _hasV3 => (200, ListV3(JsonNode.Parse(call.Body)!)),
            "inbox/GetConversationsV2" => (200, ListV2(JsonNode.Parse(call.Body)!)),
            _ => (404, ""),
        };
    }

    private IEnumerable<KeyValuePair<string, List<DateTimeOffset>>> Ordered => _threads.OrderByDescending(t => t.Value[^1]).ThenBy(t => t.Key, StringComparer.Ordinal);

    // Keyset: the cursor is the time of the last conversation shown.
    private string ListV3(JsonNode ask)
    {
        int limit = (int)ask["limit"]!;
        DateTime day = DateTime.Parse((string?)ask["from"] ?? "2000-01-01Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal).Date;
        long below = long.Parse((string?)ask["cursor"] ?? "9000000000000000000", CultureInfo.InvariantCulture);
        KeyValuePair<string, List<DateTimeOffset>>[] rest = [.. Ordered.Where(t => t.Value[^1].UtcTicks < below && t.Value[^1].UtcDateTime >= day)];
        KeyValuePair<string, List<DateTimeOffset>>[] page = [.. rest.Take(limit)];
        bool more = rest.Length > limit;
        string next = more ? $"\"{page[^1].Value[^1].UtcTicks}\"" : "null";
        return $$"""{"items":[{{Items(page)}}],"totalCount":{{_threads.Count}},"nextCursor":{{next}},"hasNextPage":{{(more ? "true" : "false")}}}""";
    }

    private string ListV2(JsonNode ask) => $$"""{"totalCount":"{{_threads.Count}}","items":[{{Items(Ordered.Skip((int)ask["offset"]!).Take((int)ask["limit"]!))}}]}""";

    private static string Items(IEnumerable<KeyValuePair<string, List<DateTimeOffset>>> threads) => string.Join(",", threads.Select(Item));

    private static string Item(KeyValuePair<string, List<DateTimeOffset>> thread)
    {
        string number = thread.Key["2-thread".Length..^2];
        return Inboxes.Conversation(
            thread.Key,
            string.Join(",", thread.Value.Select(t => Inboxes.Message(Time(t)))),
            Time(thread.Value[^1]),
            thread.Value.Count,
            Inboxes.Profile("90000000" + number, "https://www.linkedin.com/in/lead-" + number));
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture);
}
