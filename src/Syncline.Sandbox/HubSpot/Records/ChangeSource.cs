namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>Who made a change, as history and webhooks name it.</summary>
/// <param name="Type"><c>INTEGRATION</c>, <c>CRM_UI</c>, <c>MERGE_CONTACTS</c>.</param>
/// <param name="Id">An integration's app id; <c>userId:N</c> for people; null where HubSpot names none.</param>
internal sealed record ChangeSource(string Type, string? Id, string? Label = null, long? UserId = null)
{
    public static ChangeSource AutoAssociation { get; } = new("AUTO_ASSOCIATE_BY_DOMAIN", null, "Auto associate by domain");

    public static ChangeSource Integration(long appId, string label) => new("INTEGRATION", $"{appId}", label);

    public static ChangeSource Person(long userId) => new("CRM_UI", $"userId:{userId}", "CRM UI", userId);
}

/// <summary>A value that a property had from then on, until the next one.</summary>
internal sealed record PastValue(int Property, string Value, long AtMs, ChangeSource Source);
