using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Syncline.Sandbox.Faults;

namespace Syncline.Sandbox.Hosting.Control;

internal sealed record ProblemView(string Problem);

internal sealed record KnobView(string Name, string Description, string Value)
{
    public static KnobView Of(Knob knob) => new(knob.Name, knob.Description, knob.Get());
}

internal sealed record HappeningView(string Name, string Description);

/// <param name="Base">The path under which the provider is served.</param>
internal sealed record ProviderView(string Name, string Base, KnobView[] Knobs, HappeningView[] Happenings)
{
    public static ProviderView Of(ISimulator simulator) => new(
        simulator.Provider, $"/{simulator.Provider}", [.. simulator.Knobs.Select(KnobView.Of)],
        [.. simulator.Happenings.Select(h => new HappeningView(h.Name, h.Description))]);
}

/// <param name="Plan">The type of a plan that code put in place, of which the control API knows nothing else; null for the plans it can set itself.</param>
internal sealed record FaultsView(int Seed, double Share, string[] Kinds, TimeSpan SlowFor, IReadOnlyList<string> Known, string? Plan = null)
{
    public bool On => Plan is not null || (Share > 0 && Kinds.Length > 0);

    public static FaultsView Of(IFaultPlan plan) => plan switch
    {
        RandomFaults random => new(random.Seed, random.Share, [.. random.Kinds.Select(k => k.Name)], SlowOf(random), FaultSetting.Known),
        NoFaults => new(1, 0, [], DefaultSlow, FaultSetting.Known),
        _ => new(1, 0, [], DefaultSlow, FaultSetting.Known, plan.GetType().Name),
    };

    private static TimeSpan DefaultSlow => TimeSpan.FromSeconds(2);

    private static TimeSpan SlowOf(RandomFaults random) => random.Kinds.FirstOrDefault(k => k.IsOnlySlow)?.Delay ?? DefaultSlow;
}

/// <param name="Requests">All that ever arrived, forgotten ones among them.</param>
internal sealed record OverviewView(ProviderView[] Providers, FaultsView Faults, TimeSpan Latency, long Requests)
{
    public static OverviewView Of(SandboxGate gate) =>
        new([.. gate.Simulators.OrderBy(s => s.Provider, StringComparer.Ordinal).Select(ProviderView.Of)], FaultsView.Of(gate.Faults), gate.Latency, gate.Ledger.Count);
}

/// <summary>One request as it is shown: keys masked.</summary>
internal sealed record EntryView(
    long Sequence, DateTimeOffset At, string Provider, string Method, string Path, string Query, Dictionary<string, string> Headers, string Body,
    int Status, string Answer, string? Fault, bool Reached)
{
    public static EntryView Of(LedgerEntry entry) => new(
        entry.Sequence, entry.At, entry.Provider, entry.Request.Method, entry.Request.Path, SecretMask.Query(entry.Request.Query),
        SecretMask.Headers(entry.Request.Headers), entry.Request.Body, entry.Status, entry.Answer, entry.Fault, entry.Reached);
}

internal sealed record LedgerView(long Count, EntryView[] Entries);

internal sealed record SummaryView(SortedDictionary<string, Traffic> Providers);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(OverviewView))]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(SummaryView))]
[JsonSerializable(typeof(FaultSetting))]
[JsonSerializable(typeof(HeldTable[]))]
internal sealed partial class ControlJson : JsonSerializerContext;

/// <summary>Leaves quotes, brackets and letters of every script readable: the answers are read on terminals and never placed in markup.</summary>
internal static class Readable
{
    public static ControlJson Json { get; } = new(new JsonSerializerOptions(ControlJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
