using Syncline.Sandbox.Hosting.Control;

namespace Syncline.Sandbox.Hosting.Pages;

/// <summary>All that the page shows, taken at one moment.</summary>
/// <param name="Latest">Newest first.</param>
internal sealed record Snapshot(
    OverviewView Overview, Dictionary<string, IReadOnlyList<HeldTable>> Holds, EntryView[] Latest, SortedDictionary<string, Traffic> Traffic)
{
    private const int RowsShown = 10;
    private const int RequestsShown = 40;

    // Only looking at the simulators needs the gate; counting and rendering would hold up requests for nothing.
    public static Snapshot Of(SandboxGate gate)
    {
        (OverviewView overview, Dictionary<string, IReadOnlyList<HeldTable>> holds) =
            gate.Locked(() => (OverviewView.Of(gate), gate.Simulators.ToDictionary(s => s.Provider, s => s.Holds(RowsShown))));
        EntryView[] latest = [.. gate.Ledger.Entries.TakeLast(RequestsShown).Reverse().Select(EntryView.Of)];
        return new(overview, holds, latest, Control.Traffic.Of(gate));
    }
}
