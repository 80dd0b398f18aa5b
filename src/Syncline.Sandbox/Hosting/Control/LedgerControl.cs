namespace Syncline.Sandbox.Hosting.Control;

/// <summary>The part of the control API that is about what the providers saw.</summary>
internal sealed class LedgerControl(SandboxGate gate)
{
    /// <summary>Oldest first, from after a sequence number on, so that a reader pages by the last number it got.</summary>
    public ControlAnswer List(ControlRequest request)
    {
        long after = request.Number("after", otherwise: 0, least: 0, most: long.MaxValue);
        int take = (int)request.Number("take", otherwise: 100, least: 1, most: 10_000);
        string? provider = request.Parameter("provider") is { Length: > 0 } name ? name : null;
        IEnumerable<LedgerEntry> wanted = gate.Ledger.Entries.Where(e => e.Sequence > after && (provider is null || e.Provider == provider));
        return ControlAnswer.Of(new LedgerView(gate.Ledger.Count, [.. wanted.Take(take).Select(EntryView.Of)]), Readable.Json.LedgerView);
    }

    public ControlAnswer Clear()
    {
        gate.Ledger.Clear();
        return ControlAnswer.Done;
    }

    public ControlAnswer Summary() => ControlAnswer.Of(new SummaryView(Traffic.Of(gate)), Readable.Json.SummaryView);
}
