namespace Syncline.Sandbox;

/// <summary>What the provider saw of one request.</summary>
/// <param name="Sequence">1 for the first request the sandbox ever got.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Status">The status answered; 0 when the connection was cut instead.</param>
/// <param name="Fault">The fault that was put on it, or null.</param>
/// <param name="Reached">False when a fault kept the request from the simulator, so that it had no effect.</param>
public sealed record LedgerEntry(long Sequence, DateTimeOffset At, string Provider, SandboxRequest Request, int Status, string Answer, string? Fault, bool Reached);

/// <summary>Every request in the order of arrival: what tests judge from. Bodies are kept only while <see cref="KeepBodies"/> says so.</summary>
public sealed class Ledger
{
    private readonly List<LedgerEntry> _entries = [];
    private readonly Lock _gate = new();
    private long _sequence;

    /// <summary>False in long benchmarks: only counts are kept, and memory stays flat.</summary>
    public bool KeepBodies { get; set; } = true;

    /// <summary>How many requests arrived, kept or not.</summary>
    public long Count { get { lock (_gate) return _sequence; } }

    /// <summary>A copy, oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Entries { get { lock (_gate) return [.. _entries]; } }

    internal void Add(DateTimeOffset at, string provider, SandboxRequest request, SandboxResponse? answer, string? fault, bool reached)
    {
        lock (_gate)
        {
            _sequence++;
            SandboxRequest kept = KeepBodies ? request : request with { Body = "", Headers = new Dictionary<string, string>() };
            _entries.Add(new(_sequence, at, provider, kept, answer?.Status ?? 0, KeepBodies ? answer?.Body ?? "" : "", fault, reached));
        }
    }

    /// <summary>Forgets the entries, not the count.</summary>
    public void Clear() { lock (_gate) _entries.Clear(); }
}
