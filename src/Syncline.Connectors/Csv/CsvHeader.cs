using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>What a file's columns mean: a guess by the usual headings, overlaid by the options.</summary>
public sealed class CsvHeader
{
    /// <summary>The remote field in which a person's row refers to its company's record; no heading of a file.</summary>
    public const string CompanyReference = "@company";

    private readonly CsvOptions _options;
    private readonly IReadOnlyList<(string Heading, string? Field)> _columns;

    /// <exception cref="ProviderException">The headings do not say whether rows are people or companies, and neither do the options.</exception>
    public CsvHeader(IReadOnlyList<string> headings, CsvOptions options)
    {
        _options = options;
        Kind = options.Kind ?? CsvHeadings.GuessKind(headings) ?? throw options.Error(
            $"The columns of {options.Path} do not say whether its rows are people or companies: {string.Join(", ", headings)}.", "Say it: --kind person or --kind company.");
        _columns = [.. headings.Select(h => (h, FieldOf(h)))];
        IdColumn = headings.FirstOrDefault(h => Same(h, options.KeyColumn)) ?? CsvHeadings.GuessId(headings);
        // Share classes of one company have one register number and different symbols: the symbol tells the rows apart.
        RowColumn = options.KeyColumn is null && Kind == RecordKind.Company && HeadingOf("ticker") is { } ticker ? ticker : IdColumn;
        CompanyNameColumn = Kind == RecordKind.Person ? HeadingOf("company_name") : null;
        CompanyDomainColumn = Kind == RecordKind.Person ? HeadingOf(CsvHeadings.CompanyDomain) : null;
        Maps = HasCompanies ? [CompanyMap(), RowMap()] : [RowMap()];
    }

    public RecordKind Kind { get; }

    /// <summary>Where the rows' records stand: <c>people</c> or <c>companies</c>.</summary>
    public string Stream => Kind == RecordKind.Company ? "companies" : "people";

    /// <summary>The column whose values become external ids; null when there is none.</summary>
    public string? IdColumn { get; }

    /// <summary>The column whose values tell rows apart; null when their content must.</summary>
    public string? RowColumn { get; }

    public string? CompanyNameColumn { get; }

    public string? CompanyDomainColumn { get; }

    /// <summary>True when rows of people yield records of companies besides.</summary>
    public bool HasCompanies => CompanyNameColumn is not null || CompanyDomainColumn is not null;

    /// <summary>The rules of each stream, companies first.</summary>
    public IReadOnlyList<FieldMap> Maps { get; }

    /// <summary>The columns that say who or what a row is about; all columns when none does.</summary>
    internal IReadOnlyList<string> IdentifyingColumns
    {
        get
        {
            string[] names = ["first_name", "last_name", "full_name", "company_name", "birth_date", "name", "location"];
            string[] columns = [.. _columns.Where(c => names.Contains(c.Field)).Select(c => c.Heading)];
            return columns.Length > 0 ? columns : [.. _columns.Select(c => c.Heading)];
        }
    }

    private FieldMap RowMap() => new(Kind, Stream, [.. _columns.SelectMany(Rules), .. NameRules(), .. ReferenceRules(), .. IdRules()]);

    private FieldMap CompanyMap() => new(RecordKind.Company, "companies",
    [
        .. CompanyNameColumn is { } name ? [In(name, "name", Transforms.Trim)] : Array.Empty<FieldRule>(),
        .. CompanyDomainColumn is { } domain ? [In(domain, "domain", Transforms.Domain.Then(Transforms.List()))] : Array.Empty<FieldRule>(),
    ]);

    /// <summary>A full name is split only in a file that has neither of its parts.</summary>
    private IEnumerable<FieldRule> NameRules() =>
        Kind == RecordKind.Person && HeadingOf("full_name") is { } full && HeadingOf("first_name") is null && HeadingOf("last_name") is null
            ? [In(full, "first_name", Transforms.FirstName), In(full, "last_name", Transforms.LastName)]
            : [];

    private IEnumerable<FieldRule> ReferenceRules() => HasCompanies ? [new(CompanyReference, "company") { Direction = MapDirection.In }] : [];

    private IEnumerable<FieldRule> IdRules() => IdColumn is { } id ? [In(id, "external_id", Transforms.Prefix(CsvHeadings.Namespace(id, _options.Connection)))] : [];

    private IEnumerable<FieldRule> Rules((string Heading, string? Field) column, int index)
    {
        (string heading, string? field) = column;
        if (field is "" or CsvHeadings.CompanyDomain || (field is null && Same(heading, IdColumn))) yield break;
        if (field is null)
        {
            yield return In(heading, CustomName(heading, index), Transforms.Trim);
            yield break;
        }
        yield return In(heading, field, Inward(field));
        if (field == "linkedin" && Kind == RecordKind.Person) yield return In(heading, "linkedin_url", Transforms.Slug.Then(Address));
        // A second column of one meaning fills in where the first is empty, and is kept under its own name besides.
        if (_columns.Take(index).Any(c => c.Field == field)) yield return In(heading, CustomName(heading, index), Transforms.Trim);
    }

    private static Transform Address { get; } = new("profile-url", v => FieldValue.Of(LinkedInUrl.ToUrl(v.Text)));

    /// <summary>How text becomes a value of a canonical field: by the field, else by its type.</summary>
    private Transform Inward(string field)
    {
        FieldDefinition? definition = CanonicalSchema.Find(Kind, field);
        Transform one = (field, definition?.Type) switch
        {
            ("email" or "owner_email", _) => Transforms.Email,
            ("phone", _) => Transforms.Phone(_options.PhoneRegion),
            ("domain", _) => Transforms.Domain,
            ("linkedin", _) when Kind == RecordKind.Person => Transforms.Slug,
            (_, FieldType.Number) => Transforms.Number,
            (_, FieldType.Flag) => Transforms.Flag,
            (_, FieldType.Date) => Transforms.Date(),
            (_, FieldType.Time) => Transforms.Time,
            _ => Transforms.Trim,
        };
        return definition is { IsList: true } ? Transforms.List(";").Then(one) : one;
    }

    private string? FieldOf(string heading)
    {
        foreach ((string column, string field) in _options.Columns)
        {
            if (Same(column, heading)) return field.Trim();
        }
        return CsvHeadings.Meaning(Kind, heading);
    }

    /// <summary>A field of the file's own. It may be one of the schema's by name, but never a reference or a key: a cell of free text identifies nobody.</summary>
    private string CustomName(string heading, int index)
    {
        string name = CsvHeadings.Snake(heading) is { Length: > 0 } snake ? snake : $"column_{index + 1}";
        return CanonicalSchema.Find(Kind, name) is null ? name : $"csv_{name}";
    }

    private string? HeadingOf(string field) => _columns.FirstOrDefault(c => c.Field == field).Heading;

    private static bool Same(string heading, string? other) => other is not null && heading.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static FieldRule In(string remote, string canonical, Transform inward) => new(remote, canonical) { Direction = MapDirection.In, Inward = inward };
}
