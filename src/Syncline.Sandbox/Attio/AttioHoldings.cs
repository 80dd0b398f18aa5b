using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio;

/// <summary>The workspace as tables for people who look: an object or list each, and the notes.</summary>
internal static class AttioHoldings
{
    /// <summary>Columns beside the id; more would not fit a screen.</summary>
    private const int MostColumns = 10;

    private const int MostValues = 5;

    public static IReadOnlyList<HeldTable> Of(AttioWorkspace workspace, int rows) =>
        [.. workspace.Objects.Where(t => t.IsOn).Concat(workspace.Lists).Select(t => Table(workspace, t, rows)), Notes(workspace, rows)];

    private static HeldTable Table(AttioWorkspace workspace, AttioTable table, int rows)
    {
        AttioRecordView[] newest = [.. table.Rows.InOrder.Skip(Math.Max(0, table.Rows.Count - rows)).Reverse().Select(r => new AttioRecordView(workspace, r))];
        string[] filled = [.. newest.SelectMany(r => r.Filled).Distinct()];
        string[] columns = [.. table.Attributes.Where(a => a.Origin != Origin.RowId && a.Slug != "created_by" && filled.Contains(a.Slug)).Select(a => a.Slug).Take(MostColumns)];
        return new(table.Slug, ["id", .. columns], [.. newest.Select(r => Cells(r, columns))], table.Rows.Count);
    }

    private static IReadOnlyList<string> Cells(AttioRecordView row, string[] columns) => [row.Id, .. columns.Select(c => Cell(row.Texts(c)))];

    private static string Cell(IReadOnlyList<string> texts) =>
        texts.Count <= MostValues ? string.Join(", ", texts) : $"{string.Join(", ", texts.Take(MostValues))} and {texts.Count - MostValues} more";

    private static HeldTable Notes(AttioWorkspace workspace, int rows)
    {
        IEnumerable<AttioNote> newest = workspace.Notes.Skip(Math.Max(0, workspace.Notes.Count - rows)).Reverse();
        return new(
            "notes", ["id", "parent_object", "parent_record_id", "title", "content", "created_at"],
            [.. newest.Select(Cells)], workspace.Notes.Count);
    }

    private static IReadOnlyList<string> Cells(AttioNote note) =>
        [note.Id.ToString(), note.ParentObject.Slug, note.ParentRecord.ToString(), note.Title, note.Plain, WireTime.Write(note.CreatedAt)];
}
