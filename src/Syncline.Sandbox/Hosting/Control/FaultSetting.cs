using System.Globalization;
using Microsoft.Extensions.Primitives;
using Syncline.Sandbox.Faults;

namespace Syncline.Sandbox.Hosting.Control;

/// <summary>Random faults as they are asked for.</summary>
/// <param name="Share">How many of all requests are struck, from 0 to 1.</param>
/// <param name="Seed">The same seed strikes the same requests.</param>
/// <param name="Kinds">Names of <see cref="Known"/>; null for all of them.</param>
/// <param name="SlowFor">How much later a slow answer comes.</param>
internal sealed record FaultSetting(double Share, int Seed = 1, string[]? Kinds = null, string SlowFor = "00:00:02")
{
    public const string Slow = "slow";

    private static readonly Fault[] Plain =
    [
        Fault.ResetBefore, Fault.ResetAfter, Fault.ServerError, Fault.ServerErrorAfter, Fault.BadGateway, Fault.BadGatewayAfter, Fault.Unavailable,
    ];

    /// <summary>Every kind that can be asked for.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Plain.Select(f => f.Name), Slow];

    public static FaultSetting FromForm(Dictionary<string, StringValues> form) => new(
        double.Parse(ControlRequest.Field(form, "share"), CultureInfo.InvariantCulture),
        int.Parse(ControlRequest.Field(form, "seed"), CultureInfo.InvariantCulture),
        form.TryGetValue("kinds", out StringValues kinds) ? [.. kinds.OfType<string>()] : [],
        ControlRequest.Field(form, "slowFor"));

    /// <exception cref="FormatException">A share outside 0 to 1, an unknown kind, or a wait that is none.</exception>
    public RandomFaults ToPlan()
    {
        if (Share is not (>= 0 and <= 1)) throw new FormatException($"The share of requests struck is from 0 to 1, not {Share.ToString(CultureInfo.InvariantCulture)}.");
        Fault slow = Fault.Slow(Duration.Parse("The wait of slow answers", SlowFor));
        return new(Seed, Share, [.. (Kinds ?? [.. Known]).Select(name => Find(name, slow))]);
    }

    private static Fault Find(string name, Fault slow) =>
        name == Slow ? slow : Plain.FirstOrDefault(f => f.Name == name) ?? throw new FormatException($"No fault is named '{name}'. Known: {string.Join(", ", Known)}.");
}
