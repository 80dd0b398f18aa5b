using Syncline.Records;

namespace Syncline.Merging;

/// <summary>Changes to one golden record, collected field by field with their lineage.</summary>
internal sealed class GoldenEdit(GoldenRecord before, long runId)
{
    private readonly List<FieldChange> _moved = [];
    private readonly Dictionary<string, FieldOrigin> _origins = new(before.Origins);

    public GoldenRecord Now { get; private set; } = before;

    public void Set(string field, FieldValue? value, RecordKey source, DateTimeOffset at, string rule)
    {
        if (Now.Fields[field] == value) return;
        FieldOrigin origin = new(source, runId, at, rule);
        _moved.Add(new(field, Now.Fields[field], value, origin));
        _origins[field] = origin;
        Now = Now with { Fields = Now.Fields.With(field, value), Origins = _origins };
    }

    public void Delete() => Now = Now with { IsDeleted = true };

    /// <summary>The record with its feed entry. One without a moved field is entered as well: what belongs to it may have moved.</summary>
    public void Into(HubChanges changes)
    {
        changes.Golden.Add(Now);
        changes.Feed.Add(new(Now.Id, Now.Kind, runId, _moved));
    }
}
