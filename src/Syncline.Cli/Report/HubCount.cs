using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Cli.Report;

/// <summary>Counts a hub for a report, a page of records at a time.</summary>
internal static class HubCount
{
    private const int Page = 500;

    // In the order of a conversation's life; the last is never left out, so that the parts sum up to everybody.
    private static readonly string[] States = ["waiting", "replied", "answered", "none"];

    private static readonly (string Name, decimal Most)[] Steps = [("0", 0), ("1 to 20", 20), ("21 to 40", 40), ("41 to 60", 60), ("61 to 80", 80), ("81 to 100", decimal.MaxValue)];

    public static async Task<HubFigures> OfAsync(IHub hub, CancellationToken cancellationToken)
    {
        Dictionary<DateOnly, (int Sent, int Received)> weeks = [];
        await foreach (GoldenRecord message in WalkAsync(hub, RecordKind.Message, cancellationToken)) Count(weeks, message.Fields);
        Dictionary<string, long> states = [];
        long[] scores = new long[Steps.Length];
        await foreach (GoldenRecord person in WalkAsync(hub, RecordKind.Person, cancellationToken))
        {
            string state = person.Fields["reply_state"]?.Text ?? "none";
            states[state] = states.GetValueOrDefault(state) + 1;
            decimal score = person.Fields["engagement_score"]?.AsNumber() ?? 0;
            scores[Array.FindIndex(Steps, s => score <= s.Most)]++;
        }
        return new(WithoutGaps(weeks), [.. States.Select(s => new Share(s, states.GetValueOrDefault(s)))], [.. Steps.Zip(scores, (s, count) => new Share(s.Name, count))]);
    }

    private static async IAsyncEnumerable<GoldenRecord> WalkAsync(IHub hub, RecordKind kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long after = 0;
        while (await hub.ListAsync(kind, after, Page, cancellationToken) is { Count: > 0 } page)
        {
            foreach (GoldenRecord record in page) yield return record;
            after = page[^1].Id;
        }
    }

    private static void Count(Dictionary<DateOnly, (int Sent, int Received)> weeks, FieldSet message)
    {
        if (message["sent_at"] is not { Type: FieldType.Time } at) return;
        DateOnly monday = MondayOf(DateOnly.FromDateTime(at.AsTime().UtcDateTime));
        (int sent, int received) = weeks.GetValueOrDefault(monday);
        weeks[monday] = message["direction"]?.Text == "inbound" ? (sent, received + 1) : (sent + 1, received);
    }

    internal static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    internal static IReadOnlyList<Week> WithoutGaps(IReadOnlyDictionary<DateOnly, (int Sent, int Received)> weeks)
    {
        List<Week> all = [];
        if (weeks.Count == 0) return all;
        DateOnly last = weeks.Keys.Max();
        for (DateOnly monday = weeks.Keys.Min(); monday <= last; monday = monday.AddDays(7))
        {
            (int sent, int received) = weeks.GetValueOrDefault(monday);
            all.Add(new(monday, sent, received));
        }
        return all;
    }
}
