using System.Net.Http;
using Syncline.Connectors.Attio;
using Syncline.Connectors.HeyReach;
using Syncline.Limits;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Faults;
using Syncline.Sandbox.HeyReach;
using Syncline.Sandbox.Hosting;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>A real connector over a real simulator, in process: real limits on both sides, time that passes at once.</summary>
internal sealed class SandboxConnection<T> where T : ISimulator
{
    private readonly IProvider _provider;
    private readonly Dictionary<string, string> _settings;

    public SandboxConnection(T simulator, IProvider provider, QuickClock clock, Dictionary<string, string> settings)
    {
        (Simulator, _provider, Clock, _settings) = (simulator, provider, clock, settings);
        Faults = new(clock);
        Gate = new([simulator], clock) { Faults = Faults };
    }

    public T Simulator { get; }

    public QuickClock Clock { get; }

    public CountedFaults Faults { get; }

    public SandboxGate Gate { get; }

    /// <summary>Put between the connector and the simulator; the simulator's own handler where it is null.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Between { get; set; }

    public void Turn(string knob, string value) => Simulator.Knobs.Single(k => k.Name == knob).Set(value);

    /// <summary>As after a restart: nothing is remembered.</summary>
    public Connection Open(params (string Name, string Value)[] more)
    {
        Dictionary<string, string> settings = new(_settings);
        foreach ((string name, string value) in more) settings[name] = value;
        SandboxHandler sandbox = new(Gate, Simulator.Provider, Clock);
        HttpMessageInvoker http = new(Between is null ? sandbox : Between(sandbox));
        return _provider.Open(new(Simulator.Provider, settings.GetValueOrDefault), new(http, Clock, new Governor(Clock, new LocalRateLedger()), Priority.Manual));
    }
}

/// <summary>How the two are put together.</summary>
internal static class SandboxConnections
{
    public const string HeyReachKey = "heyreach-sandbox-key";

    private const string Scopes =
        "record_permission:read-write object_configuration:read-write list_entry:read-write list_configuration:read-write note:read-write user_management:read webhook:read-write";

    private static readonly string AttioToken = new('a', 64);
    private static readonly DateTimeOffset Start = new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero);

    public static SandboxConnection<HeyReachSimulator> HeyReach()
    {
        QuickClock clock = new(Start);
        HeyReachSimulator simulator = new(new() { ApiKeys = [HeyReachKey] }, clock);
        return new(simulator, new HeyReachProvider(), clock, new() { ["api_key"] = HeyReachKey });
    }

    public static SandboxConnection<AttioSimulator> Attio(Func<AttioSimulator, AttioSimulator> workspace)
    {
        QuickClock clock = new(Start);
        AttioSimulator simulator = new(new() { Tokens = new Dictionary<string, string> { [AttioToken] = Scopes } }, clock);
        workspace(simulator);
        clock.Pass(TimeSpan.FromSeconds(1));
        return new(simulator, new AttioProvider(), clock, new() { ["api_key"] = AttioToken });
    }

    /// <summary>A workspace set up by hand: two references that know nothing of each other, no column for our id. The options are there.</summary>
    public static AttioSimulator AsFound(AttioSimulator simulator)
    {
        AttioWorkspaces.LinkedInAsFound(simulator);
        foreach (string direction in (string[])["Inbound", "Outbound"]) simulator.DefineOption("linkedin_messages", "direction", direction);
        return simulator;
    }
}
