using System.Globalization;
using System.Text.Json;
using Syncline.Sandbox.Faults;

namespace Syncline.Sandbox.Hosting.Control;

/// <summary>The part of the control API that is about all providers at once: faults and latency.</summary>
internal sealed class GateControl(SandboxGate gate)
{
    public ControlAnswer Overview() => ControlAnswer.Of(gate.Locked(() => OverviewView.Of(gate)), Readable.Json.OverviewView);

    public ControlAnswer Faults() => ControlAnswer.Of(FaultsView.Of(gate.Faults), Readable.Json.FaultsView);

    public ControlAnswer SetFaults(ControlRequest request)
    {
        FaultSetting setting = request.Form is null
            ? JsonSerializer.Deserialize(request.Body, Readable.Json.FaultSetting) ?? throw new FormatException("Faults are a JSON object.")
            : FaultSetting.FromForm(request.Form);
        return Use(setting.ToPlan());
    }

    public ControlAnswer ClearFaults()
    {
        Use(new NoFaults());
        return ControlAnswer.Done;
    }

    /// <summary>An hour at the most: <c>5</c> is five days to a TimeSpan, and hardly meant.</summary>
    public ControlAnswer SetLatency(ControlRequest request)
    {
        gate.Latency = Duration.Parse("Latency", request.Body.Trim().Trim('"'));
        return Overview();
    }

    private ControlAnswer Use(IFaultPlan plan)
    {
        gate.Locked(() => gate.Faults = plan);
        return Faults();
    }
}

/// <summary>A wait as people write it, <c>00:00:01.5</c>.</summary>
internal static class Duration
{
    public static TimeSpan Parse(string name, string text)
    {
        bool isOne = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan duration);
        return isOne && duration >= TimeSpan.Zero && duration <= TimeSpan.FromHours(1)
            ? duration
            : throw new FormatException($"{name} is written hours:minutes:seconds, 00:00:00.250, and is one hour at the most; not '{text}'.");
    }
}
