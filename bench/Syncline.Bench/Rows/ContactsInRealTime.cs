using System.Diagnostics;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>The first run of Attio people into Quo in real time, over sockets: at the real limits, or all of them multiplied so that it ends within a minute.</summary>
internal sealed class ContactsInRealTime(string name, int pace) : IRow
{
    private const int People = 5_000, Longest = 60;

    public static ContactsInRealTime Scaled { get; } = new("contacts-scaled", 20);

    public static ContactsInRealTime AtRealLimits { get; } = new("contacts-real", 1);

    public string Name => name;

    public bool IsLong => pace == 1;

    public async Task<Section> RunAsync(bool quick)
    {
        int people = quick ? People / 20 : People;
        Section section = new($"Attio people into Quo, real time{(pace == 1 ? "" : $", limits × {pace}")}", "", "people", "wall", "floor", "÷ floor", "Attio reads", "Quo reads", "Quo writes", "429 (late)", "target");
        using ContactsFlow flow = new(people, pace, TimeSpan.Zero, TimeProvider.System);
        await using Network network = await Network.LoopbackAsync(flow.Gate, CancellationToken.None);
        double floor = people / (Contacts.WritesPerSecond * pace);
        (double wall, ContactCalls calls) = await RunAsync(flow, network);
        // Starting costs a second or two whatever the limits are: of half a minute that is more than the ratio allows, so that the short row has a bound of its own.
        string target = pace == 1 ? $"≤ {Contacts.Target} of the floor, no late 429: {Figure.Verdict(wall / floor <= Contacts.Target && calls.ThrottledLate == 0)}" : $"< {Longest} s, no late 429: {Figure.Verdict(wall < Longest && calls.ThrottledLate == 0)}";
        Line("first run", wall, floor, calls, target);
        (wall, calls) = await RunAsync(flow, network);
        Line("again", wall, 0, calls, $"0 writes, ≤ 25 Attio reads, < 3 s: {Figure.Verdict(calls is { QuoWrites: 0, AttioReads: <= 25 } && wall < 3)}");
        return section.Note(pace == 1
            ? "Loopback HTTP, both providers and the engine in one process."
            : $"Loopback HTTP, both providers and the engine in one process. Every limit is {pace} times the published one, on both sides: what is shown is that the engine keeps up with {pace * Contacts.WritesPerSecond} writes a second in real time.");

        void Line(string what, double took, double least, ContactCalls seen, string judged) => section.Line(
            what, Figure.Count(people), Figure.Seconds(took), least > 0 ? Figure.Seconds(least) : "–", Figure.Ratio(took, least), Figure.Count(seen.AttioReads), Figure.Count(seen.QuoReads), Figure.Count(seen.QuoWrites), Figure.Count(seen.ThrottledLate), judged);
    }

    private static async Task<(double Wall, ContactCalls Calls)> RunAsync(ContactsFlow flow, Network network)
    {
        Stopwatch watch = Stopwatch.StartNew();
        await flow.RunAsync(network);
        return (watch.Elapsed.TotalSeconds, flow.Calls());
    }
}
