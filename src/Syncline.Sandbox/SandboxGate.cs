using Syncline.Sandbox.Faults;

namespace Syncline.Sandbox;

/// <summary>What reaches the client of one request.</summary>
/// <param name="Response">Null when the connection was cut.</param>
/// <param name="Delay">How long after the request's arrival.</param>
public sealed record Delivery(SandboxResponse? Response, TimeSpan Delay);

/// <summary>The way into the simulators: one request at a time, faults put on, everything written in the ledger.</summary>
public sealed class SandboxGate(IEnumerable<ISimulator> simulators, TimeProvider clock)
{
    private readonly Dictionary<string, ISimulator> _simulators = simulators.ToDictionary(s => s.Provider, StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public Ledger Ledger { get; } = new();

    /// <summary>Changed at run time by the control API.</summary>
    public IFaultPlan Faults { get; set; } = new NoFaults();

    /// <summary>How long an undisturbed answer takes.</summary>
    public TimeSpan Latency { get; set; }

    public IReadOnlyCollection<ISimulator> Simulators => _simulators.Values;

    /// <summary>Carries one request through. An unknown provider is a 404 of the sandbox itself.</summary>
    public Delivery Send(string provider, SandboxRequest request)
    {
        lock (_gate)
        {
            if (!_simulators.TryGetValue(provider, out ISimulator? simulator))
            {
                return new(new(404, $$"""{"sandbox":"no provider named {{provider}} is simulated here"}"""), TimeSpan.Zero);
            }
            return Send(simulator, request, Faults.Next(provider, request));
        }
    }

    /// <summary>Looks at or changes the simulators between two requests: knobs, happenings and holdings are used only in here.</summary>
    public T Locked<T>(Func<T> look)
    {
        lock (_gate) return look();
    }

    private Delivery Send(ISimulator simulator, SandboxRequest request, Fault? fault)
    {
        DateTimeOffset at = clock.GetUtcNow();
        if (fault is { Where: Strike.Before })
        {
            Ledger.Add(at, simulator.Provider, request, fault.Answer, fault.Name, reached: false);
            return new(fault.Answer, Latency + fault.Delay);
        }
        SandboxResponse answer = simulator.Handle(request);
        SandboxResponse? seen = fault is null || fault.IsOnlySlow ? answer : fault.Answer;
        Ledger.Add(at, simulator.Provider, request, answer, fault?.Name, reached: true);
        return new(seen, Latency + (fault?.Delay ?? TimeSpan.Zero));
    }
}
