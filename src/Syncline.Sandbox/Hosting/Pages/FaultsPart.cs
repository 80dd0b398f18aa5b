using System.Globalization;
using Syncline.Sandbox.Hosting.Control;

namespace Syncline.Sandbox.Hosting.Pages;

/// <summary>Faults and latency, for all providers at once.</summary>
internal static class FaultsPart
{
    // Enough to be seen within a hundred requests, little enough that a sync still gets through.
    private const double ShareOffered = 0.05;

    public static string InWords(FaultsView faults) => faults switch
    {
        { Plan: { } plan } => plan,
        { On: true } => string.Create(CultureInfo.InvariantCulture, $"{faults.Share * 100:0.##} % of requests"),
        _ => "off",
    };

    public static Html Render(OverviewView now) => Html.Of($"""
        <section id="faults" aria-labelledby="faults-title">
        <h2 id="faults-title">Faults and latency</h2>
        <div class="columns">
        <div>{ControlForm.Render("PUT", "/_sandbox/faults", "faults", Fields(now.Faults))}
        {ControlForm.Render("DELETE", "/_sandbox/faults", "faults", Html.Of($"<button>Stop all faults</button>"))}</div>
        <div>{ControlForm.Render("PUT", "/_sandbox/latency", "faults", Latency(now.Latency))}</div>
        </div>
        </section>
        """);

    private static Html Fields(FaultsView faults) => Html.Of($"""
        <label for="fault-share">Share of requests struck, 0 to 1</label>
        <input id="fault-share" name="share" inputmode="decimal" value="{(faults.On ? faults.Share : ShareOffered)}">
        <label for="fault-seed">Seed</label>
        <input id="fault-seed" name="seed" inputmode="numeric" value="{faults.Seed}">
        <label for="fault-slow">Wait of slow answers</label>
        <input id="fault-slow" name="slowFor" value="{faults.SlowFor:c}">
        <fieldset><legend>Kinds</legend>{Html.Each(faults.Known, kind => Kind(kind, !faults.On || faults.Kinds.Contains(kind)))}</fieldset>
        <button>Start faults</button>
        """);

    private static Html Kind(string kind, bool ticked) => ticked
        ? Html.Of($"""<label class="tick"><input type="checkbox" name="kinds" value="{kind}" checked> {kind}</label>""")
        : Html.Of($"""<label class="tick"><input type="checkbox" name="kinds" value="{kind}"> {kind}</label>""");

    private static Html Latency(TimeSpan latency) => Html.Of($"""
        <label for="latency">Latency of every answer</label>
        <div class="line"><input id="latency" name="value" value="{latency:c}" aria-describedby="latency-hint"><button aria-label="Set the latency">Set</button></div>
        <p class="hint" id="latency-hint">Hours:minutes:seconds, 00:00:00.250 for a quarter of a second.</p>
        """);
}
