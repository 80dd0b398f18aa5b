using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Schema;

/// <summary>An object or a list: its columns and its rows (records or entries).</summary>
internal sealed class AttioTable(Guid id, string slug, string singular, string plural, DateTime createdAt)
{
    private readonly Dictionary<string, AttioAttribute> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<AttioAttribute> _attributes = [];

    public Guid Id { get; } = id;
    public DateTime CreatedAt { get; } = createdAt;
    public string Slug { get; set; } = slug;

    /// <summary>For a list, its name.</summary>
    public string Singular { get; set; } = singular;

    public string Plural { get; set; } = plural;

    /// <summary>Deals, users and workspaces are there only once an admin has switched them on.</summary>
    public bool IsOn { get; set; } = true;

    public bool IsStandard { get; init; }

    /// <summary>The object whose records a list holds; null on objects.</summary>
    public AttioTable? Parent { get; init; }

    public ListAccess? Access { get; init; }
    public RowSet Rows { get; } = new();

    public bool IsList => Parent is not null;

    /// <summary>In the order of the user interface, archived ones included.</summary>
    public IReadOnlyList<AttioAttribute> Attributes => _attributes;

    /// <summary>By slug or UUID, archived ones included.</summary>
    public AttioAttribute? Find(string slugOrId) => _byName.GetValueOrDefault(slugOrId);

    /// <summary>Only what values can be written to or read from.</summary>
    public AttioAttribute? FindLive(string slugOrId) => Find(slugOrId) is { IsArchived: false } live ? live : null;

    public AttioAttribute Get(string slug) => Find(slug) ?? throw new ArgumentException($"{Slug} has no attribute {slug}.", nameof(slug));

    public void Add(AttioAttribute attribute)
    {
        _attributes.Add(attribute);
        _byName[attribute.Slug] = attribute;
        _byName[attribute.Id.ToString()] = attribute;
    }

    public void Rename(AttioAttribute attribute, string slug)
    {
        _byName.Remove(attribute.Slug);
        attribute.Slug = slug;
        _byName[slug] = attribute;
    }
}

/// <summary>Who may use a list.</summary>
internal sealed record ListAccess(string? Workspace, IReadOnlyList<(Guid Member, string Level)> Members, AttioActor CreatedBy)
{
    public string? Workspace { get; set; } = Workspace;
    public IReadOnlyList<(Guid Member, string Level)> Members { get; set; } = Members;
}
