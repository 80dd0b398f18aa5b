using System.Text.Json.Nodes;
using Syncline.Syncs;

namespace Syncline.Composition.Telling;

/// <summary>Something somebody should hear of.</summary>
/// <param name="State">A run's state, <c>stale</c> or <c>drift</c>.</param>
/// <param name="Run">0 where it is about no run.</param>
/// <param name="Sentence">For people; no name of a person, no value.</param>
/// <param name="Json">For programs.</param>
internal sealed record Alert(string Sync, string State, long Run, string Sentence, JsonObject Json)
{
    public string Subject => $"Syncline: {Sync}: {State}";

    /// <summary>Null where nobody needs to hear of that run.</summary>
    /// <param name="failureRate">Dead letters up to this share disturb nobody; null tells of any.</param>
    public static Alert? Of(RunRow run, double? failureRate)
    {
        bool isNews = run.State == RunState.Failed || (run.State == RunState.DoneWithDeadLetters && (failureRate is not { } most || run.Tally.ErrorRate > most));
        if (!isNews) return null;
        string sentence = $"Run {run.Id} of {run.Sync}: {Tables.Word(run.State)}. {Tables.Summary(run.Tally)}.{(run.Detail is null ? "" : " " + run.Detail)}";
        return new(run.Sync, Tables.Word(run.State), run.Id, sentence, RunJson.Listed(run));
    }

    /// <param name="freshAt">The last good end; null when there was none.</param>
    public static Alert OfStale(string sync, DateTimeOffset? freshAt) => new(
        sync, "stale", 0, freshAt is { } at ? $"{sync} was last brought to its end at {Tables.Time(at)}." : $"{sync} was never brought to its end.", new() { ["sync"] = sync, ["state"] = "stale", ["freshAt"] = freshAt?.UtcDateTime });

    /// <param name="run">The audit's, in the run log.</param>
    public static Alert OfDrift(string sync, long run, AuditCount count)
    {
        string where = string.Join("; ", count.Streams.Where(s => s.Missing + s.Extra > 0).Select(s => $"{s.Stream}: {Tables.Number(s.Missing)} missing, {Tables.Number(s.Extra)} too many"));
        JsonObject json = new()
        {
            ["sync"] = sync, ["state"] = "drift", ["run"] = run, ["compared"] = count.Compared, ["missing"] = count.Missing, ["extra"] = count.Extra, ["share"] = Math.Round(count.Share, 4),
            ["streams"] = new JsonArray([.. count.Streams.Select(s => new JsonObject { ["stream"] = s.Stream, ["compared"] = s.Compared, ["missing"] = s.Missing, ["extra"] = s.Extra })]),
        };
        return new(sync, "drift", run, $"Counts of {sync} differ in {Tables.Number(count.Missing + count.Extra)} of {Tables.Number(count.Compared)} records. {where}.", json);
    }
}
