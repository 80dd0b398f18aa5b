using System.Net.Http;
using Syncline.Conformance.Time;
using Syncline.Connectors;
using Syncline.Limits;
using Syncline.Sandbox;
using Syncline.Sandbox.Faults;
using Syncline.Sandbox.Hosting;

namespace Acme.Tests;

// snippet: account
/// <summary>The connector over the simulator, in process, on a clock whose waits are over at once.</summary>
internal sealed class AcmeAccount
{
    private readonly SandboxGate _gate;

    public AcmeAccount()
    {
        Simulator = new(Clock);
        Faults = new(Clock);
        _gate = new([Simulator], Clock) { Faults = Faults };
    }

    public QuickClock Clock { get; } = new(new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero));

    public AcmeSimulator Simulator { get; }

    public CountedFaults Faults { get; }

    /// <summary>As after a restart: nothing is remembered.</summary>
    public Connection Open(string pageSize = "200", string key = AcmeSimulator.Key) => new AcmeProvider().Open(
        new("acme", name => name switch { "api_key" => key, "page_size" => pageSize, _ => null }),
        new(new HttpMessageInvoker(new SandboxHandler(_gate, "acme", Clock)), Clock, new Governor(Clock, new LocalRateLedger()), Priority.Manual));
}
// end-snippet
