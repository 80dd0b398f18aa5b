using System.Globalization;
using Syncline.Loading;
using Syncline.Records;
using Syncline.Storage.Serving;

namespace Syncline.Server.Failures;

/// <summary>A record that was set aside, as the API shows it.</summary>
/// <param name="Subject">A golden record, or the remote key or line where it never got that far.</param>
/// <param name="Stage">extraction, matching, enriching, planning, loading; skipped for what is left out by rule.</param>
/// <param name="Record">The golden record, <c>person/42</c>; null where it has none.</param>
/// <param name="NextAttempt">When a run tries it by itself; null when only a person can.</param>
internal sealed record FailureView(long Id, string Sync, string Connection, string Subject, string? Record, string Stage, string Code, string Reason, long Run, int Attempts, DateTimeOffset At, DateTimeOffset? NextAttempt)
{
    public static FailureView Of(NumberedLetter numbered)
    {
        DeadLetter letter = numbered.Letter;
        return new(numbered.Id, letter.Key.Sync, letter.Key.Connection, letter.Key.Subject, RecordOf(letter), letter.Stage, letter.Code, letter.Reason, letter.RunId, letter.Attempts, letter.At, letter.RetryAt);
    }

    public static string? RecordOf(DeadLetter letter) => letter.GoldenId is { } id ? GoldenRecord.ReferenceTo(letter.Kind, id).Text : null;
}

/// <summary>Which failures are to be tried again: some, or all of a sync.</summary>
internal sealed record RetryRequest(IReadOnlyList<long>? Ids, string? Sync);

/// <summary>The runs that were begun.</summary>
internal sealed record RetryView(IReadOnlyList<Runs.LiveView> Runs);
