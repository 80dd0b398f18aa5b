using System.Collections.Concurrent;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Syncline.Sandbox;

namespace Syncline.Bench.Flows;

/// <summary>What the same requests cost without an engine: reads, then people, then what refers to them, each answered 429 sent again a second later.</summary>
/// <remarks>Record ids of the recorded run are replaced by those that this run is answered; nothing is kept beside them.</remarks>
internal sealed partial class PlainLoop(Network network, TimeProvider clock, bool isPaced)
{
    // As many as the engine has under way at the most: three chunks of a hundred.
    private const int FlatOutAtOnce = 300;

    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Pace _inbox = new(isPaced ? 5 : null, clock);
    private readonly Pace _reads = new(isPaced ? 100 : null, clock);
    private readonly Pace _writes = new(isPaced ? 25 : null, clock);
    private int _throttled;

    public int Throttled => _throttled;

    /// <param name="recorded">What the sandbox saw of the engine, answers included.</param>
    public async Task RunAsync(IReadOnlyList<LedgerEntry> recorded, CancellationToken cancellationToken)
    {
        LedgerEntry[] answered = [.. recorded.Where(e => e.Status != 429)];
        foreach (LedgerEntry page in answered.Where(e => e.Provider == "heyreach")) await SendAsync(page, _inbox, cancellationToken);
        foreach (bool referring in (bool[])[false, true])
        {
            foreach (LedgerEntry[] some in answered.Where(e => e.Provider == "attio" && IsMessageWrite(e) == referring).Chunk(isPaced ? int.MaxValue : FlatOutAtOnce)) await SendAsync(some, cancellationToken);
        }
    }

    private async Task SendAsync(LedgerEntry[] some, CancellationToken cancellationToken)
    {
        List<Task> underWay = [];
        // Reads have a limit of their own and do not hold writes up.
        foreach (IGrouping<bool, LedgerEntry> lane in some.GroupBy(IsWrite)) underWay.Add(SendLaneAsync(lane, lane.Key ? _writes : _reads, cancellationToken));
        await Task.WhenAll(underWay);
    }

    private async Task SendLaneAsync(IEnumerable<LedgerEntry> lane, Pace pace, CancellationToken cancellationToken)
    {
        List<Task> underWay = [];
        foreach (LedgerEntry entry in lane)
        {
            await pace.WaitAsync(cancellationToken);
            underWay.Add(SendAsync(entry, null, cancellationToken));
        }
        await Task.WhenAll(underWay);
    }

    private async Task SendAsync(LedgerEntry entry, Pace? pace, CancellationToken cancellationToken)
    {
        if (pace is not null) await pace.WaitAsync(cancellationToken);
        while (true)
        {
            using HttpRequestMessage request = RequestOf(entry);
            using HttpResponseMessage response = await network.InvokerOf(entry.Provider).SendAsync(request, cancellationToken);
            string answer = await response.Content.ReadAsStringAsync(cancellationToken);
            if ((int)response.StatusCode != 429)
            {
                if ((int)response.StatusCode != entry.Status) throw new InvalidOperationException($"{entry.Request.Method} {entry.Request.Path} answered {(int)response.StatusCode}, in the engine's run {entry.Status}.");
                Note(entry, answer);
                return;
            }
            Interlocked.Increment(ref _throttled);
            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
        }
    }

    private HttpRequestMessage RequestOf(LedgerEntry entry)
    {
        string query = entry.Request.Query.Length == 0 ? "" : "?" + entry.Request.Query;
        HttpRequestMessage request = new(new(entry.Request.Method), $"{network.BaseOf(entry.Provider)}{entry.Request.Path}{query}");
        if (entry.Provider == "heyreach") request.Headers.Add("X-API-KEY", Keys.HeyReach);
        else request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Keys.Attio);
        if (entry.Request.Body.Length > 0) request.Content = new StringContent(Translated(entry), new MediaTypeHeaderValue("application/json"));
        return request;
    }

    private string Translated(LedgerEntry entry) =>
        IsMessageWrite(entry) ? Uuid().Replace(entry.Request.Body, id => _ids.GetValueOrDefault(id.Value, id.Value)) : entry.Request.Body;

    private void Note(LedgerEntry entry, string answer)
    {
        if (IsWrite(entry) && !IsMessageWrite(entry)) _ids[RecordId().Match(entry.Answer).Groups[1].Value] = RecordId().Match(answer).Groups[1].Value;
    }

    private static bool IsWrite(LedgerEntry entry) => entry.Request.Method is "PUT" or "PATCH" or "DELETE" || (entry.Request.Method == "POST" && entry.Request.Path.EndsWith("/records", StringComparison.Ordinal));

    private static bool IsMessageWrite(LedgerEntry entry) => IsWrite(entry) && entry.Request.Path.Contains("linkedin_messages", StringComparison.Ordinal);

    [GeneratedRegex("\"record_id\":\\s*\"([0-9a-f-]{36})\"")]
    private static partial Regex RecordId();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
