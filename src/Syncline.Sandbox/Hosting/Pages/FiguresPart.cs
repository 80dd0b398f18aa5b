using Syncline.Sandbox.Hosting.Control;

namespace Syncline.Sandbox.Hosting.Pages;

/// <summary>The figures at the top.</summary>
internal static class FiguresPart
{
    public static Html Render(Snapshot now) => Html.Of($"""
        <section id="figures" data-live aria-labelledby="figures-title">
        <h2 id="figures-title" class="quiet">At a glance</h2>
        <dl class="figures">
        {Figure("Requests ever", $"{now.Overview.Requests}")}
        {Figure("Throttled (429)", $"{now.Traffic.Values.Sum(t => t.Throttled)}")}
        {Figure("Faults struck", $"{now.Traffic.Values.Sum(t => t.Faults.Values.Sum())}")}
        {Figure("Latency", $"{now.Overview.Latency.TotalMilliseconds} ms")}
        {Figure("Faults", FaultsPart.InWords(now.Overview.Faults))}
        </dl>
        {TrafficTable(now.Traffic)}
        </section>
        """);

    private static Html Figure(string name, string value) => Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static Html TrafficTable(SortedDictionary<string, Traffic> traffic) => Table.Render(
        "Requests by provider", ["Provider", "Requests", "Reads", "Writes", "By status", "429", "Busiest second"],
        traffic.Select(t => (IReadOnlyList<string>)[
            t.Key, $"{t.Value.Requests}", $"{t.Value.Reads}", $"{t.Value.Writes}", InWords(t.Value.Statuses), $"{t.Value.Throttled}", $"{t.Value.BusiestSecond}",
        ]));

    private static string InWords(SortedDictionary<string, int> statuses) => string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}"));
}
