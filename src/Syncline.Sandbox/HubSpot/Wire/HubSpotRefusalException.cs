namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>One entry of an error body's <c>errors</c>.</summary>
internal sealed record ErrorDetail(string Message, string? Code = null, string? SubCategory = null)
{
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Context { get; init; }
}

/// <summary>The limit that a 429 names.</summary>
internal sealed record LimitPolicy(string Name, string Words);

/// <summary>What HubSpot refuses: a whole request, or one row of a batch. Thrown before anything is stored, so that a refusal never leaves half an effect.</summary>
internal sealed class HubSpotRefusalException(int status, string category, string message) : InvalidOperationException(message)
{
    public int Status => status;
    public string Category => category;
    public string? SubCategory { get; init; }
    public IReadOnlyList<ErrorDetail> Details { get; init; } = [];
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Context { get; init; }

    /// <summary>Set on a 429 alone.</summary>
    public LimitPolicy? Policy { get; init; }

    /// <summary>Seconds for a Retry-After header; null sends none.</summary>
    public int? RetryAfter { get; init; }
}
