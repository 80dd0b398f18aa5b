using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>An e-mail address or phone number as v1 sends it.</summary>
/// <param name="Id">The item it changes; null for a new one.</param>
/// <param name="Value">Null removes the item.</param>
internal sealed record ItemDraft(string? Id, string Name, string? Value);

/// <summary>A custom field's value as v1 sends it; null removes it.</summary>
internal sealed record CustomDraft(CustomField Field, JsonNode? Value);

/// <summary>What a create or change sends of a contact, checked and in one shape for both surfaces.</summary>
internal sealed record ContactDraft
{
    public Sent<string?> FirstName { get; init; }
    public Sent<string?> LastName { get; init; }
    public Sent<string?> Company { get; init; }
    public Sent<string?> Role { get; init; }
    public Sent<string?> ExternalId { get; init; }
    public Sent<string?> Source { get; init; }
    public Sent<string?> SourceUrl { get; init; }

    /// <summary>Who makes it; the organisation's owner when absent.</summary>
    public Sent<string?> MadeBy { get; init; }

    public Sent<IReadOnlyList<ItemDraft>> Emails { get; init; } = new([], false);
    public Sent<IReadOnlyList<ItemDraft>> Phones { get; init; } = new([], false);
    public Sent<IReadOnlyList<CustomDraft>> CustomFields { get; init; } = new([], false);
}
