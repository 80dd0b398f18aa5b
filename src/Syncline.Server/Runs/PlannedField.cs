using Syncline.Limits;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Server.Runs;

/// <summary>One field of a planned write, cut to what a table can show.</summary>
/// <param name="Before">Null where there is nothing yet.</param>
internal sealed record PlannedField(string Name, string? Before, string After)
{
    // Message bodies and notes are long; the beginning tells one from another.
    private const int Shown = 120;

    public static IEnumerable<PlannedField> Of(PlannedRecord record) => record switch
    {
        PlannedRecord.Create create => create.Fields.Select(f => new PlannedField(f.Name, null, Cut(f.Value)!)),
        PlannedRecord.Update update => update.Diff.Writes.Select(w => new PlannedField(w.Remote, Cut(w.Before), Cut(w.After) ?? "–")),
        PlannedRecord.Delete delete => delete.Before.Select(f => new PlannedField(f.Name, Cut(f.Value), "–")),
        _ => [],
    };

    private static string? Cut(FieldValue? value) => value?.ToString().ReplaceLineEndings(" ") is not { } text ? null : text.Length <= Shown ? text : text[..Shown] + "…";
}

/// <summary>How much of an hour's limit a plan's calls take.</summary>
internal static class PlanShare
{
    /// <param name="endpoint">As a forecast names it, <c>attio: POST /v2/…</c>.</param>
    /// <returns>1 is a whole hour; null where the connection is not limited.</returns>
    public static double? Of(string endpoint, long count, IReadOnlyDictionary<string, CallPermits> permits) =>
        permits.GetValueOrDefault(endpoint.Split(':')[0]) is { } of && (of.RateOf("writes") ?? of.RateOf("calls")) is { } rate ? count / (rate * 3600) : null;
}
