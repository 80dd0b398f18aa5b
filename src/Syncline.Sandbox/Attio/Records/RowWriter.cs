using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>What becomes of the present values of a multiselect that a write names.</summary>
internal enum WriteMode
{
    /// <summary>New ones come to the front, nothing goes.</summary>
    Add,

    /// <summary>Exactly what was sent remains.</summary>
    Replace,
}

/// <summary>Creates and changes records and entries: all or nothing.</summary>
internal sealed class RowWriter(AttioWorkspace workspace)
{
    private readonly Relations _relations = new(workspace);

    /// <param name="parent">The record that a new entry lists; empty for records.</param>
    public Row Create(AttioTable table, JsonObject values, AttioActor actor, Guid parent = default) =>
        Create(table, Draft.Read(workspace, table, values), actor, parent);

    public void Change(Row row, JsonObject values, WriteMode mode, AttioActor actor) =>
        Change(row, Draft.Read(workspace, row.Table, values), _ => mode, actor);

    /// <summary>Updates the one record that holds a value of the matching attribute, or creates it.</summary>
    public Row Assert(AttioTable table, AttioAttribute matching, JsonObject values, AttioActor actor)
    {
        IReadOnlyList<DraftValue> drafts = Draft.Read(workspace, table, values);
        DraftValue key = drafts.FirstOrDefault(d => d.Attribute == matching && d.Payloads.Count > 0) ?? throw Refuse.Missing(matching.Id);
        Row[] found = [.. key.Payloads.SelectMany(p => Holders(matching, p)).Distinct()];
        if (found.Length > 1) throw Refuse.Bad("multiple_match_results", "The values of the matching attribute belong to more than one record.");
        if (found.Length == 0) return Create(table, drafts, actor, default);
        workspace.Merger.RefuseWhileMerging(found[0].Id);
        Change(found[0], drafts, a => a == matching ? WriteMode.Add : WriteMode.Replace, actor);
        return found[0];
    }

    /// <summary>Stores values that are already known to be right.</summary>
    public void Store(Row row, AttioAttribute attribute, IReadOnlyList<object> payloads, AttioActor actor)
    {
        if (attribute.Origin == Origin.Mirror) _relations.PutMirrored(row, attribute, payloads, actor);
        else _relations.PutStored(row, attribute, payloads, actor);
    }

    private Row Create(AttioTable table, IReadOnlyList<DraftValue> sent, AttioActor actor, Guid parent)
    {
        IReadOnlyList<DraftValue> drafts = [.. sent, .. Defaults(table, sent, actor)];
        RefuseMissing(table, drafts);
        RefuseTaken(null, drafts);
        Row row = new(table, workspace.Ids.Next(), workspace.Now, table.Rows.NextSequence(), actor) { Parent = parent };
        table.Rows.Add(row);
        foreach (DraftValue draft in drafts) Store(row, draft.Attribute, draft.Payloads, actor);
        workspace.Hooks.Raise("created", row, actor);
        if (table is { IsStandard: true, Slug: "people" }) AutoCompany.Link(workspace, row);
        return row;
    }

    private void Change(Row row, IReadOnlyList<DraftValue> sent, Func<AttioAttribute, WriteMode> mode, AttioActor actor)
    {
        DraftValue[] drafts = [.. sent.Select(d => d with { Payloads = Settled(row, d, mode(d.Attribute)) })];
        DraftValue? emptied = Array.Find(drafts, d => d.Attribute.IsRequired && d.Payloads.Count == 0);
        if (emptied is not null) throw Refuse.Missing(emptied.Attribute.Id);
        RefuseTaken(row, drafts);
        foreach (DraftValue draft in drafts)
        {
            HashSet<object> before = Held(row, draft.Attribute);
            Store(row, draft.Attribute, draft.Payloads, actor);
            // Whether an equal value that is written again is told is not documented; here it is not.
            if (!before.SetEquals(Held(row, draft.Attribute))) workspace.Hooks.Raise("updated", row, actor, draft.Attribute);
        }
    }

    private static HashSet<object> Held(Row row, AttioAttribute attribute) => [.. row.Current(attribute).Select(v => attribute.Type.Key(v.Payload))];

    private static IReadOnlyList<object> Settled(Row row, DraftValue draft, WriteMode mode)
    {
        if (!draft.Attribute.IsMulti || mode == WriteMode.Replace) return draft.Payloads;
        AttributeType type = draft.Attribute.Type;
        List<object> present = [.. row.Current(draft.Attribute).Select(v => v.Payload)];
        HashSet<object> known = [.. present.Select(type.Key)];
        return [.. draft.Payloads.Where(p => !known.Contains(type.Key(p))), .. present];
    }

    private IEnumerable<DraftValue> Defaults(AttioTable table, IReadOnlyList<DraftValue> sent, AttioActor actor) =>
        from attribute in table.Attributes
        where attribute is { IsArchived: false, Default: not null } && sent.All(d => d.Attribute != attribute)
        let payloads = DefaultValues.Of(new(workspace, attribute), actor)
        where payloads.Count > 0
        select new DraftValue(attribute, payloads);

    private static void RefuseMissing(AttioTable table, IReadOnlyList<DraftValue> drafts)
    {
        foreach (AttioAttribute attribute in table.Attributes)
        {
            if (attribute is not { IsRequired: true, IsArchived: false }) continue;
            if (!drafts.Any(d => d.Attribute == attribute && d.Payloads.Count > 0)) throw Refuse.Missing(attribute.Id);
        }
    }

    private void RefuseTaken(Row? self, IReadOnlyList<DraftValue> drafts)
    {
        foreach (DraftValue draft in drafts.Where(d => d.Attribute.IsUnique))
        {
            Row[] others = [.. draft.Payloads.SelectMany(p => Holders(draft.Attribute, p)).Where(r => r != self).Distinct()];
            if (others.Length > 0) throw Taken(draft.Attribute, others);
        }
    }

    private static IEnumerable<Row> Holders(AttioAttribute attribute, object payload) =>
        attribute.Table.Rows.Index(attribute, attribute.Type.Fields[0]).Rows((IComparable)attribute.Type.Key(payload));

    // The text has been seen with and without the ids at its end.
    private AttioRefusalException Taken(AttioAttribute attribute, Row[] others)
    {
        bool names = workspace.Switches.ConflictTail switch { "always" => true, "never" => false, _ => workspace.Ids.Toss() };
        string tail = names ? $" Conflicting record IDs: {string.Join(", ", others.Select(r => r.Id))}" : "";
        return Refuse.Bad("uniqueness_conflict",
            $"A value provided for attribute with slug \"{attribute.Slug}\" conflicts with one already in the system. This attribute has a uniqueness constraint. "
            + $"Please ensure all values for this attribute do not exist on another record.{tail}");
    }
}
