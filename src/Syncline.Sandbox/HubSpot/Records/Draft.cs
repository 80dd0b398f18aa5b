using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>A value as it will be stored; an empty one clears.</summary>
internal readonly record struct DraftValue(Property Property, string Value);

/// <summary>A date that was taken in another form than it was sent.</summary>
internal sealed record Normalisation(string Property, string Raw, string Value);

/// <summary>An association asked for with a new record.</summary>
internal sealed record DraftLink(CrmRecord To, IReadOnlyList<int> TypeIds);

/// <summary>A write that was found valid, so far as no other record is concerned.</summary>
internal sealed record Draft(IReadOnlyList<DraftValue> Values)
{
    public IReadOnlyList<Normalisation> Normalisations { get; init; } = [];
    public IReadOnlyList<DraftLink> Links { get; init; } = [];

    public string? this[Property property]
    {
        get
        {
            foreach (DraftValue value in Values)
            {
                if (value.Property == property) return value.Value;
            }
            return null;
        }
    }
}
