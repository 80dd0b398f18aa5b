namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>A webhook of either system.</summary>
/// <param name="id">Digits on the dated surface, <c>WH…</c> on v1.</param>
internal sealed class Subscription(string id, bool isLegacy, string key, DateTimeOffset createdAt)
{
    public const string EveryResource = "*";

    public string Id => id;
    public bool IsLegacy => isLegacy;
    public DateTimeOffset CreatedAt { get; } = createdAt;
    public DateTimeOffset UpdatedAt { get; set; } = createdAt;
    public required string Url { get; set; }
    public required IReadOnlyList<string> Events { get; set; }
    public IReadOnlyList<string> ResourceIds { get; set; } = [EveryResource];
    public string? Label { get; set; }
    public bool IsEnabled { get; set; } = true;
    public string Status => IsEnabled ? "enabled" : "disabled";

    /// <summary>Whose it is; v1 alone asks.</summary>
    public required string UserId { get; init; }

    /// <summary>Base64.</summary>
    public string Key { get; private set; } = key;

    public string? OldKey { get; private set; }
    public DateTimeOffset RotatedAt { get; private set; }

    public void Rotate(string to, DateTimeOffset now) => (OldKey, Key, RotatedAt, UpdatedAt) = (Key, to, now, now);

    public bool Wants(string type, string? lineId) =>
        IsEnabled && Events.Contains(type) && (lineId is null || ResourceIds.Contains(EveryResource) || ResourceIds.Contains(lineId));
}
