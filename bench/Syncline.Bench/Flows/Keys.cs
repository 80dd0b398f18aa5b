namespace Syncline.Bench.Flows;

/// <summary>Invented credentials that only the sandbox knows.</summary>
internal static class Keys
{
    public const string HeyReach = "bench-heyreach-key";
    public const string AttioScopes = "record_permission:read-write object_configuration:read-write list_entry:read-write list_configuration:read-write note:read-write user_management:read";

    public const string Quo = "bench-quo-key";

    public const string Anthropic = "bench-anthropic-key";

    public const string HubSpot = "bench-hubspot-key";

    public static string Attio { get; } = new('b', 64);
}
