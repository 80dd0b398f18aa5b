using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Explorium.Hooks;

/// <summary>Where a partner's events go.</summary>
internal sealed record Registration(string Url, string Secret, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <summary>Which events of which companies or people are sent.</summary>
internal sealed record Enrollment(string Id, string Key, string[] EventTypes, string[] EntityIds, bool IsOfBusinesses);

/// <summary>Registrations, one for each partner, and enrollments.</summary>
internal sealed class HookRegister(int seed)
{
    private readonly Random _random = new(seed);

    public Dictionary<string, Registration> Registrations { get; } = new(StringComparer.Ordinal);
    public List<Enrollment> Enrollments { get; } = [];

    /// <summary>A second registration takes the place of the first and gets another secret.</summary>
    public Registration Register(string partner, string url, DateTimeOffset now)
    {
        DateTimeOffset since = Registrations.GetValueOrDefault(partner)?.CreatedAt ?? now;
        byte[] secret = new byte[32];
        _random.NextBytes(secret);
        return Registrations[partner] = new(url, HookSigning.Text(secret), since, now);
    }

    public string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    public JsonObject Event(string partner, string name, string entityId, bool isBusiness, JsonObject data, string? enrollmentKey) => new()
    {
        ["tenant_id"] = "sandbox", ["partner_id"] = partner, ["event_id"] = NewId(), ["event_name"] = name, ["entity_id"] = entityId, ["entity_type"] = isBusiness ? "business" : "prospect",
        ["data"] = data.DeepClone(), ["enrollment_key"] = enrollmentKey,
    };

    public static string Body(JsonObject happened) => JsonText.Write(happened);
}
