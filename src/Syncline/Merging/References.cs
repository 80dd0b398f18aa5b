using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>References of golden records to one another.</summary>
internal static class References
{
    /// <summary>The source of what a person decided about a record's identity, for its lineage.</summary>
    public static RecordKey Decided(GoldenRecord about) => new(SyncScope.Derived, "identity", about.Reference.Text);

    /// <summary>Turns every reference to one record into one to another, lists included; each field's source stays who it was.</summary>
    public static void Replace(GoldenEdit edit, GoldenRecord from, GoldenRecord to, DateTimeOffset at, string rule)
    {
        foreach (Field field in edit.Now.Fields.Where(f => f.Value.Items.Contains(from.Reference)).ToArray())
        {
            RecordKey source = edit.Now.Origins.TryGetValue(field.Name, out FieldOrigin? origin) ? origin.Source : Decided(to);
            edit.Set(field.Name, Replaced(field.Value, from.Reference, to.Reference), source, at, rule);
        }
    }

    private static FieldValue? Replaced(FieldValue value, FieldValue from, FieldValue to) =>
        value.Type == FieldType.List ? FieldValue.List(value.Items.Select(i => i == from ? to : i).Distinct()) : to;
}
