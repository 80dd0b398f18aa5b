using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Types;

namespace Syncline.Sandbox.Attio.Schema;

/// <summary>Where an attribute's values come from: stored with the row, a fact of the row itself, or read off the other side of a relationship.</summary>
internal enum Origin { Stored, RowId, CreatedAt, CreatedBy, ParentRecord, Mirror }

/// <summary>A select option or a status. Values hold the object, so that a rename shows everywhere at once.</summary>
internal sealed class AttioOption(Guid id, string title)
{
    public Guid Id { get; } = id;
    public string Title { get; set; } = title;
    public bool IsArchived { get; set; }
    public bool Celebrates { get; set; }

    /// <summary>ISO-8601 duration, statuses only.</summary>
    public string? TargetTime { get; set; }
}

/// <summary>A column of an object or list.</summary>
internal sealed class AttioAttribute(Guid id, AttioTable table, string slug, string title, AttributeType type, DateTime createdAt)
{
    public Guid Id { get; } = id;
    public AttioTable Table { get; } = table;
    public AttributeType Type { get; } = type;
    public DateTime CreatedAt { get; } = createdAt;
    public string Slug { get; set; } = slug;
    public string Title { get; set; } = title;
    public string? Description { get; set; }
    public bool IsSystem { get; init; }
    public bool IsWritable { get; init; } = true;
    public bool IsRequired { get; set; }
    public bool IsUnique { get; set; }
    public bool IsMulti { get; init; }
    public bool IsArchived { get; set; }
    public Origin Origin { get; set; }
    public JsonNode? Default { get; set; }

    /// <summary>
    /// The other side of a relationship. One side stores its values and the other (<see cref="Origin.Mirror"/>) reads them backwards, so that a company's team of a
    /// hundred thousand costs nothing to keep.
    /// </summary>
    public AttioAttribute? Reverse { get; private set; }

    public string? CurrencyCode { get; private set; }
    public string? CurrencyDisplay { get; private set; }

    /// <summary>Objects that a record-reference may point at; null when any.</summary>
    public IReadOnlyList<AttioTable>? Allowed { get; set; }

    public List<AttioOption> Options { get; } = [];

    public void SetCurrency(string code, string display = "symbol") => (CurrencyCode, CurrencyDisplay) = (code, display);

    /// <summary>Makes the two one relationship. A single side stores, since a multi side would have to be copied whole for every link.</summary>
    public void Relate(AttioAttribute other)
    {
        (Reverse, other.Reverse) = (other, this);
        (IsMulti && !other.IsMulti ? this : other).Origin = Origin.Mirror;
    }

    /// <summary>By title or UUID.</summary>
    public AttioOption? FindOption(string titleOrId) =>
        Options.Find(o => o.Title == titleOrId) ?? (Guid.TryParse(titleOrId, out Guid id) ? Options.Find(o => o.Id == id) : null);
}
