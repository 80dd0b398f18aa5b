namespace Syncline.Sandbox.Faults;

/// <summary>Where on the wire a fault strikes.</summary>
public enum Strike
{
    /// <summary>The request never reaches the provider: no effect.</summary>
    Before,

    /// <summary>The provider carries the request out, the client never learns of it.</summary>
    After,
}

/// <summary>A disturbance put on one exchange.</summary>
/// <param name="Name">Shown in the ledger, <c>reset-after-commit</c>.</param>
/// <param name="Where">Before or after the effect.</param>
/// <param name="Answer">What the client gets instead; null cuts the connection.</param>
/// <param name="Delay">How much later than usual the answer arrives.</param>
public sealed record Fault(string Name, Strike Where, SandboxResponse? Answer = null, TimeSpan Delay = default)
{
    /// <summary>An answer that arrives late and is otherwise right.</summary>
    public bool IsOnlySlow { get; init; }

    public static Fault ResetBefore { get; } = new("reset-before", Strike.Before);
    public static Fault ResetAfter { get; } = new("reset-after-commit", Strike.After);
    public static Fault ServerError { get; } = new("500-before", Strike.Before, Html(500, "Internal Server Error"));
    public static Fault ServerErrorAfter { get; } = new("500-after-commit", Strike.After, Html(500, "Internal Server Error"));
    public static Fault BadGateway { get; } = new("502-before", Strike.Before, Html(502, "Bad Gateway"));
    public static Fault BadGatewayAfter { get; } = new("502-after-commit", Strike.After, Html(502, "Bad Gateway"));
    public static Fault Unavailable { get; } = new("503-before", Strike.Before, Html(503, "Service Unavailable"));

    /// <summary>The answer is right and late.</summary>
    public static Fault Slow(TimeSpan delay) => new("slow", Strike.After, Delay: delay) { IsOnlySlow = true };

    // CDNs answer for a dead origin in HTML: clients that call a JSON parser first break here.
    private static SandboxResponse Html(int status, string title) =>
        new(status, $"<html><head><title>{status} {title}</title></head><body><center><h1>{status} {title}</h1></center></body></html>", "text/html");
}

/// <summary>Decides, request by request, which fault to put on it.</summary>
public interface IFaultPlan
{
    /// <summary>The fault for this request, or null for none. Called once a request, in order of arrival.</summary>
    Fault? Next(string provider, SandboxRequest request);
}

/// <summary>Each fault with the same chance, from a seed.</summary>
public sealed class RandomFaults(int seed, double share, IReadOnlyList<Fault> kinds) : IFaultPlan
{
    private readonly Random _random = new(seed);

    public int Seed => seed;

    /// <summary>How many of all requests are struck, from 0 to 1.</summary>
    public double Share => share;

    public IReadOnlyList<Fault> Kinds => kinds;

    public Fault? Next(string provider, SandboxRequest request) =>
        kinds.Count > 0 && _random.NextDouble() < share ? kinds[_random.Next(kinds.Count)] : null;
}

/// <summary>Nothing goes wrong.</summary>
public sealed class NoFaults : IFaultPlan
{
    public Fault? Next(string provider, SandboxRequest request) => null;
}
