using Syncline.Sandbox.HubSpot.Records;

namespace Syncline.Sandbox.HubSpot.Schema;

/// <summary>A group of properties, as the user interface shows them together.</summary>
internal sealed class PropertyGroup(string name, string label)
{
    public string Name => name;
    public string Label { get; set; } = label;
    public bool IsArchived { get; set; }
}

/// <summary>The properties of one object type. Definitions are never taken out: an archived one can be revived under its number.</summary>
internal sealed class Catalogue
{
    private readonly List<Property> _all = [];
    private readonly Dictionary<string, Property> _byName = new(StringComparer.OrdinalIgnoreCase);

    public Catalogue(ObjectType type)
    {
        Type = type;
        string group = type.IsEngagement ? "engagement" : type.IsContact ? "contactinformation" : $"{type.Singular}information";
        Groups.Add(new(group, $"{type.Label} information"));
        foreach (string line in StandardProperties.Lines(type)) Standard(line, group);
        Calculated(group);
        Shown = [.. new[] { Created, Modified, Id }.Concat(type.ShownByDefault.Select(n => _byName[n])).OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    public ObjectType Type { get; }
    public List<PropertyGroup> Groups { get; } = [];
    public IReadOnlyList<Property> All => _all;

    /// <summary>What reads show when they name nothing, by name.</summary>
    public IReadOnlyList<Property> Shown { get; }

    public Property Created { get; private set; } = null!;
    public Property Modified { get; private set; } = null!;
    public Property Id { get; private set; } = null!;

    public Property? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>A property that requests know by now.</summary>
    public Property? Live(string name, long now) => _byName.TryGetValue(name, out Property? known) && known.IsLive(now) ? known : null;

    public Property Get(string name) => _byName[name];

    public Property Add(Func<int, Property> make)
    {
        Property made = make(_all.Count);
        _all.Add(made);
        _byName[made.Name] = made;
        return made;
    }

    private void Standard(string line, string group)
    {
        string[] words = line.Split(' ', 4);
        string[] options = words.Length < 4 || words[3].StartsWith('@') ? [] : words[3].Split(',');
        if (words.Length > 3 && words[3] == "@industries") options = [.. Industries.Values];
        Add(number => new(number, words[0])
        {
            Label = Labelled(words[0]), Type = words[1], FieldType = words[2], GroupName = group, IsStandard = true,
            Options = [.. options.Select((o, i) => new PropertyOption(Labelled(o), o, i))],
            IsExternal = words.Length > 3 && words[3] == "@owner",
            ReferencedObjectType = words.Length > 3 && words[3] == "@owner" ? "OWNER" : null,
        });
    }

    private void Calculated(string group)
    {
        Id = Compute("hs_object_id", "number", group, r => $"{r.Id}");
        Created = Compute(Type.CreatedName, "datetime", group, r => Wire.WireTime.Write(r.CreatedMs));
        Modified = Compute(Type.ModifiedName, "datetime", group, r => Wire.WireTime.Write(r.ModifiedMs));
        Compute("hs_object_source", "enumeration", group, r => r.Origin.Type);
        Compute("hs_object_source_id", "string", group, r => r.Origin.Id);
        Compute("hs_object_source_label", "enumeration", group, r => r.Origin.Label);
        Compute("hs_merged_object_ids", "enumeration", group, r => r.MergedIds is { } ids ? string.Join(';', ids) : null);
        Compute("hs_num_associated", "number", group, r => $"{r.Links.Count}");
        if (Type.IsContact) CalculatedOfContacts(group);
        if (Type.IsCompany) Compute("num_associated_contacts", "number", group, r => $"{r.Links.OfType(0).Length}");
    }

    private void CalculatedOfContacts(string group)
    {
        Property email = Get("email"), first = Get("firstname"), last = Get("lastname"), phone = Get("phone");
        Add(number => new(number, "hs_additional_emails") { Label = "Additional email addresses", Type = "enumeration", FieldType = "checkbox", GroupName = group, IsStandard = true });
        Compute("hs_calculated_merged_vids", "string", group, r => r.MergedIds is { } ids ? string.Join(';', ids) : null);
        Compute("hs_full_name_or_email", "string", group, r => $"{r[first]} {r[last]}".Trim() is { Length: > 0 } name ? name : r[email]);
        Compute("hs_email_domain", "string", group, r => r[email] is { } address ? address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..] : null);
        Compute("hs_searchable_calculated_phone_number", "string", group, r => r[phone] is { } text && string.Concat(text.Where(char.IsAsciiDigit)) is { Length: > 0 } digits ? digits : null);
        Compute("associatedcompanyid", "number", group, r => r.Links.Primary(1) is { } company ? $"{company.Id}" : null);
        Compute("num_associated_deals", "number", group, r => $"{r.Links.OfType(2).Length}");
        // It exists on contacts, but HubSpot keeps lastmodifieddate there: searching by it finds nothing.
        Compute("hs_lastmodifieddate", "datetime", group, static _ => null);
    }

    private Property Compute(string name, string type, string group, Func<CrmRecord, string?> value) => Add(number => new(number, name)
    {
        Label = Labelled(name), Type = type, FieldType = "calculation_equation", GroupName = group, IsStandard = true, IsReadOnly = true, Computed = value,
    });

    private static string Labelled(string name)
    {
        string words = name.Replace("hs_", "", StringComparison.Ordinal).Replace('_', ' ').ToLowerInvariant();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
