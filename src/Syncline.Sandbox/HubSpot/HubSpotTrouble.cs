using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot;

/// <summary>Answers that requests get in place of their own, in a chosen number.</summary>
public sealed class HubSpotTrouble
{
    private readonly Queue<Trouble> _next = new();

    /// <summary>The next requests fail.</summary>
    /// <param name="status">423 (locked), 429, 477 (moving), 502, 504 or any other.</param>
    /// <param name="takesEffect">Only writes are struck then: they are carried out, and the client never hears of it.</param>
    /// <param name="policy">Which limit a 429 names: TEN_SECONDLY_ROLLING, SECONDLY or DAILY.</param>
    public void FailNext(int status, int count = 1, bool takesEffect = false, string policy = "TEN_SECONDLY_ROLLING")
    {
        for (int i = 0; i < count; i++) _next.Enqueue(new(status, takesEffect, policy));
    }

    /// <summary>Seconds that a 477 names.</summary>
    public int MovingSeconds { get; set; } = 60;

    /// <summary>How many requests are still to be struck.</summary>
    public int Left => _next.Count;

    /// <summary>The answer that strikes this request, or null; called once a request.</summary>
    internal (SandboxResponse Answer, bool TakesEffect)? Strike(SandboxRequest request, string correlation)
    {
        if (!_next.TryPeek(out Trouble? trouble) || (trouble.TakesEffect && !IsWrite(request))) return null;
        _next.Dequeue();
        return (Answer(trouble, correlation), trouble.TakesEffect);
    }

    private SandboxResponse Answer(Trouble trouble, string correlation) => trouble.Status switch
    {
        423 => ErrorJson.Write(Refuse.Locked(), correlation),
        429 => ErrorJson.Write(Refuse.Throttled(trouble.Policy switch { "SECONDLY" => Refuse.Secondly, "DAILY" => Refuse.Daily, _ => Refuse.TenSecondly }), correlation),
        477 => new(477, """{"status":"error","message":"This account is being migrated between hosting locations"}""") { Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Retry-After"] = $"{MovingSeconds}" } },
        // The network's answers, not the API's: HTML.
        _ => new(trouble.Status, $"<html><head><title>{trouble.Status}</title></head><body><h1>{trouble.Status}</h1></body></html>", "text/html"),
    };

    private static bool IsWrite(SandboxRequest request) =>
        request.Method != "GET" && !request.Path.EndsWith("/search", StringComparison.Ordinal) && !request.Path.EndsWith("/batch/read", StringComparison.Ordinal);

    private sealed record Trouble(int Status, bool TakesEffect, string Policy);
}
