namespace Syncline.Sandbox.HubSpot.Schema;

/// <summary>A kind of record: its names and what reads show when nothing is asked for.</summary>
/// <param name="Id"><c>0-1</c>; custom ones <c>2-NNN</c>.</param>
/// <param name="Name">Plural, as paths have it: <c>contacts</c>.</param>
/// <param name="Singular">As association type names have it: <c>contact</c>.</param>
/// <param name="ScopeName">The object in <c>crm.objects.{name}.read</c>; null where the scope is the type's own word.</param>
internal sealed record ObjectType(int Number, string Id, string Name, string Singular, string? ScopeName)
{
    public bool IsContact => Id == "0-1";
    public bool IsCompany => Id == "0-2";
    public bool IsDeal => Id == "0-3";
    public bool IsTicket => Id == "0-5";
    public bool IsCustom => Id.StartsWith("2-", StringComparison.Ordinal);
    public bool IsEngagement => Id is "0-18" or "0-27" or "0-46" or "0-47" or "0-48" or "0-49";

    public string Label { get; init; } = Name;

    /// <summary>Contacts have a last-modified name of their own.</summary>
    public string ModifiedName => IsContact ? "lastmodifieddate" : "hs_lastmodifieddate";

    public string CreatedName => IsEngagement ? "hs_createdate" : "createdate";

    /// <summary>Shown beside the created, last-modified and id properties when a read names none.</summary>
    public IReadOnlyList<string> ShownByDefault { get; init; } = [];

    public IReadOnlyList<string> ReadScopes => Scopes("read");
    public IReadOnlyList<string> WriteScopes => Scopes("write");
    public IReadOnlyList<string> SchemaScopes(string verb) => ScopeName is null ? Scopes(verb) : [$"crm.schemas.{ScopeName}.{verb}"];

    private IReadOnlyList<string> Scopes(string verb)
    {
        if (ScopeName is null) return [Name];
        return IsEngagement ? [$"crm.objects.contacts.{verb}", $"crm.objects.{Name}.{verb}"] : [$"crm.objects.{ScopeName}.{verb}"];
    }
}
