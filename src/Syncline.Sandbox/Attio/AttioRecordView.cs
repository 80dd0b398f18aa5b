using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio;

/// <summary>A record or list entry for those who only look. Nothing is copied: values are read when asked for.</summary>
public sealed class AttioRecordView
{
    private readonly AttioWorkspace _workspace;
    private readonly Row _row;

    internal AttioRecordView(AttioWorkspace workspace, Row row)
    {
        _workspace = workspace;
        _row = row;
    }

    /// <summary>The record's id, or the entry's.</summary>
    public string Id => _row.Id.ToString();

    public DateTimeOffset CreatedAt => new(_row.CreatedAt);

    /// <summary>The record that an entry lists; null on records.</summary>
    public string? ParentRecordId => _row.Table.IsList ? _row.Parent.ToString() : null;

    /// <summary>The slugs of the attributes that hold something.</summary>
    public IReadOnlyList<string> Filled => [.. _row.Table.Attributes.Where(a => !a.IsArchived && _row.Current(a).Any()).Select(a => a.Slug)];

    /// <summary>The current values as the API answers them; empty when there is none.</summary>
    public JsonArray Raw(string slug) => (JsonArray)JsonNode.Parse(Answer.Json(writer =>
    {
        writer.WriteStartArray();
        foreach (HeldValue value in Current(slug)) RowJson.WriteValue(writer, _workspace, value);
        writer.WriteEndArray();
    }))!;

    /// <summary>Each current value in one plain text: an option's title, a full name, an E.164 number, a target record's id.</summary>
    public IReadOnlyList<string> Texts(string slug) => [.. Current(slug).Select(v => v.Attribute.Type.Text(v.Payload))];

    /// <summary>The first current value in plain text, or null.</summary>
    public string? Text(string slug) => Current(slug).Select(v => v.Attribute.Type.Text(v.Payload)).FirstOrDefault();

    private IEnumerable<HeldValue> Current(string slug) => _row.Current(Attribute(slug));

    private AttioAttribute Attribute(string slug) => _row.Table.Get(slug);
}

/// <summary>A note for those who only look.</summary>
public sealed record AttioNoteView(
    string Id, string ParentObject, string ParentRecordId, string Title, string Plaintext, string Markdown, DateTimeOffset CreatedAt)
{
    internal static AttioNoteView Of(AttioNote note) =>
        new(note.Id.ToString(), note.ParentObject.Slug, note.ParentRecord.ToString(), note.Title, note.Plain, note.Markdown, new(note.CreatedAt));
}
