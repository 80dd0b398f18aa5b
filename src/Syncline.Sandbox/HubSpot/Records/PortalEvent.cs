using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>What can happen to a record.</summary>
internal enum Verb { Creation, PropertyChange, Deletion, PrivacyDeletion, Restore, Merge, AssociationChange }

/// <summary>Something that happened, as webhooks may tell it.</summary>
internal sealed record PortalEvent(Verb Verb, CrmRecord Record, ChangeSource Source)
{
    public Property? Property { get; init; }
    public string? Value { get; init; }

    /// <summary>A value that the record was created with.</summary>
    public bool IsInitial { get; init; }

    /// <summary>A write that changed nothing.</summary>
    public bool IsEqual { get; init; }

    /// <summary>The record that merged ones became, of which this one is the primary.</summary>
    public CrmRecord? MergedAs { get; init; }

    public CrmRecord? MergedAway { get; init; }
    public int MovedProperties { get; init; }

    /// <summary>The other end of an association; <see cref="Record"/> is the end it is told from.</summary>
    public CrmRecord? Other { get; init; }

    public AssociationType? Association { get; init; }
    public bool IsRemoved { get; init; }
}
