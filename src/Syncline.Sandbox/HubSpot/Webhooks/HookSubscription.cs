using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot.Webhooks;

/// <summary>One kind of event that the app wants of every portal.</summary>
/// <param name="EventType"><c>contact.propertyChange</c>, <c>object.creation</c>.</param>
/// <param name="PropertyName">Set on propertyChange alone: one property, no wildcard.</param>
/// <param name="ObjectType">Set on the generic <c>object.*</c> types.</param>
internal sealed class HookSubscription(long id, string eventType, string? propertyName, ObjectType? objectType, long createdMs)
{
    public long Id => id;
    public string EventType => eventType;
    public string? PropertyName => propertyName;
    public ObjectType? ObjectType => objectType;
    public long CreatedMs => createdMs;

    /// <summary>New ones start paused.</summary>
    public bool IsActive { get; set; }

    public bool IsGeneric => objectType is not null;

    public bool Wants(PortalEvent happened)
    {
        if (!IsActive || EventType[(EventType.IndexOf('.', StringComparison.Ordinal) + 1)..] != EventTypes.NameOf(happened.Verb)) return false;
        if (happened.Verb == Verb.PropertyChange && PropertyName != happened.Property!.Name) return false;
        return IsGeneric ? objectType == happened.Record.Type : EventType.StartsWith(EventTypes.PrefixOf(happened.Record.Type) + ".", StringComparison.Ordinal);
    }
}

/// <summary>The names of webhook events.</summary>
internal static class EventTypes
{
    public const string Generic = "object";

    /// <summary>Time stamps and counters that nobody can be told of.</summary>
    public static readonly string[] Unsubscribable = ["hs_lastmodifieddate", "lastmodifieddate", "num_unique_conversion_events"];

    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["contacts"] = "contact", ["companies"] = "company", ["deals"] = "deal", ["tickets"] = "ticket", ["products"] = "product", ["line_items"] = "line_item",
    };

    private static readonly string[] Verbs = ["creation", "propertyChange", "deletion", "privacyDeletion", "restore", "merge", "associationChange"];

    public static string NameOf(Verb verb) => Verbs[(int)verb];

    /// <summary>The first word of a type's own events; other types have generic ones alone.</summary>
    public static string PrefixOf(ObjectType type) => Prefixes.GetValueOrDefault(type.Name, Generic);

    public static bool IsKnown(string eventType) => eventType.Split('.') is [var prefix, var verb] && (prefix == Generic || Prefixes.ContainsValue(prefix)) && Verbs.Contains(verb);

    public static bool IsPropertyChange(string eventType) => eventType.EndsWith(".propertyChange", StringComparison.Ordinal);
}
