using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>What a file's columns mean: a guess by the usual headings and those of known exports, overlaid by the options.</summary>
public sealed class CsvHeader
{
    /// <summary>The remote fields in which a row refers to its company's and its person's record; no headings of a file.</summary>
    public const string CompanyReference = "@company", PersonReference = "@person";

    private readonly CsvOptions _options;
    private readonly IReadOnlyList<(string Heading, string? Field)> _columns;

    /// <exception cref="ProviderException">The headings do not say what rows are about, and neither do the options.</exception>
    public CsvHeader(IReadOnlyList<string> headings, CsvOptions options)
    {
        _options = options;
        Dialect = CsvDialect.Of(headings, options.Kind);
        Kind = options.Kind ?? Dialect.Kind ?? CsvHeadings.GuessKind(headings) ?? throw options.Error(
            $"The columns of {options.Path} do not say whether its rows are people, companies or deals: {string.Join(", ", headings)}.", "Say it: --kind person, --kind company or --kind deal.");
        _columns = [.. headings.Select(h => (h, FieldOf(h)))];
        IdColumn = headings.FirstOrDefault(h => Same(h, options.KeyColumn)) ?? headings.FirstOrDefault(h => CsvHeadings.Key(h) == Dialect.Key) ?? CsvHeadings.GuessId(Kind, headings);
        // Share classes of one company have one register number and different symbols: the symbol tells the rows apart.
        RowColumn = options.KeyColumn is null && Kind == RecordKind.Company && HeadingOf("ticker") is { } ticker ? ticker : IdColumn;
        Others = [.. new[] { Company(), Person() }.OfType<CsvAnother>()];
        Maps = [.. Others.Select(o => o.ToMap(options.PhoneRegion)), RowMap()];
        Columns = [.. _columns.Select((c, i) => Described(c.Heading, c.Field, i))];
    }

    /// <summary>The program whose export this is.</summary>
    public CsvDialect Dialect { get; }

    public RecordKind Kind { get; }

    /// <summary>Where the rows' records stand: <c>people</c>, <c>companies</c> or <c>deals</c>.</summary>
    public string Stream => Kind == RecordKind.Company ? "companies" : Kind == RecordKind.Deal ? "deals" : "people";

    /// <summary>The column whose values become external ids; null when there is none.</summary>
    public string? IdColumn { get; }

    /// <summary>The column whose values tell rows apart; null when their content must.</summary>
    public string? RowColumn { get; }

    /// <summary>What becomes of each column, in the file's order.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>The rules of each stream, those of records that rows only name first.</summary>
    public IReadOnlyList<FieldMap> Maps { get; }

    /// <summary>What rows yield besides their own records.</summary>
    internal IReadOnlyList<CsvAnother> Others { get; }

    /// <summary>The columns that say who or what a row is about; all columns when none does.</summary>
    internal IReadOnlyList<string> IdentifyingColumns
    {
        get
        {
            string[] names = ["first_name", "last_name", "full_name", "company_name", "birth_date", "name", "location", CsvHeadings.CompanyName, CsvHeadings.PersonEmail];
            string[] columns = [.. _columns.Where(c => names.Contains(c.Field)).Select(c => c.Heading)];
            return columns.Length > 0 ? columns : [.. _columns.Select(c => c.Heading)];
        }
    }

    /// <summary>How a cell of a column becomes its field's value; null where the column is left out.</summary>
    internal Transform? InwardOf(string heading) => Maps.SelectMany(m => m.Rules).FirstOrDefault(r => r.Remote == heading)?.Inward;

    private CsvAnother? Company()
    {
        if (Kind == RecordKind.Company) return null;
        (string, string)[] columns = [.. HeadingOf("company_name") is { } name ? [(name, "name")] : Array.Empty<(string, string)>(), .. ColumnsOf(CsvHeadings.OfCompany)];
        // An address or an industry alone names nobody.
        return columns.Any(c => c.Item2 is "name" or "domain") ? new(RecordKind.Company, "companies", CompanyReference, "company", columns) : null;
    }

    private CsvAnother? Person() =>
        Kind == RecordKind.Deal && HeadingOf(CsvHeadings.PersonEmail) is { } address ? new(RecordKind.Person, "people", PersonReference, "person", [(address, "email")]) : null;

    /// <summary>The first column of each field of another record.</summary>
    private IEnumerable<(string Heading, string Field)> ColumnsOf(string start) =>
        _columns.Where(c => IsOf(c.Field, start)).DistinctBy(c => c.Field).Select(c => (c.Heading, c.Field![start.Length..]));

    private FieldMap RowMap() => new(Kind, Stream, [.. _columns.SelectMany(Rules), .. NameRules(), .. Others.Select(o => new FieldRule(o.Reference, o.Field) { Direction = MapDirection.In }), .. IdRules()]);

    /// <summary>A full name is split only in a file that has neither of its parts.</summary>
    private IEnumerable<FieldRule> NameRules() =>
        Kind == RecordKind.Person && HeadingOf("full_name") is { } full && HeadingOf("first_name") is null && HeadingOf("last_name") is null
            ? [In(full, "first_name", Transforms.FirstName), In(full, "last_name", Transforms.LastName)]
            : [];

    private IEnumerable<FieldRule> IdRules() => IdColumn is { } id ? [In(id, "external_id", Transforms.Prefix(CsvHeadings.Namespace(id, _options.Connection)))] : [];

    private IEnumerable<FieldRule> Rules((string Heading, string? Field) column, int index)
    {
        (string heading, string? field) = column;
        if (field == "" || IsTold(heading, field) || (field is null && Same(heading, IdColumn))) yield break;
        if (field is null || IsOfAnother(field))
        {
            yield return In(heading, CustomName(heading, index), Transforms.Trim);
            yield break;
        }
        yield return In(heading, field, CsvCells.Inward(Kind, field, _options.PhoneRegion));
        if (field == "linkedin" && Kind == RecordKind.Person) yield return In(heading, "linkedin_url", CsvCells.ProfileUrl);
        // A second column of one meaning fills in where the first is empty, and is kept under its own name besides.
        if (!IsFirstOf(field, index)) yield return In(heading, CustomName(heading, index), Transforms.Trim);
    }

    private CsvColumn Described(string heading, string? field, int index)
    {
        if (field == "") return new(heading, null);
        if (IsTold(heading, field)) return new(heading, field);
        if (field is null && Same(heading, IdColumn)) return new(heading, "external_id");
        if (field is null || IsOfAnother(field)) return new(heading, CustomName(heading, index)) { IsOwn = true };
        return new(heading, field) { AlsoKeptAs = IsFirstOf(field, index) ? null : CustomName(heading, index) };
    }

    private bool IsFirstOf(string field, int index) => !_columns.Take(index).Any(c => c.Field == field);

    /// <summary>False for a second column about the same, which then is a field of the file's own.</summary>
    private bool IsTold(string heading, string? field) => IsOfAnother(field) && Others.Any(o => o.Columns.Any(c => c.Heading == heading));

    private bool IsOfAnother(string? field) => Kind != RecordKind.Company && (IsOf(field, CsvHeadings.OfCompany) || IsOf(field, CsvHeadings.OfPerson));

    private string? FieldOf(string heading)
    {
        foreach ((string column, string field) in _options.Columns)
        {
            if (Same(column, heading)) return field.Trim();
        }
        return Dialect.Meanings.GetValueOrDefault(CsvHeadings.Key(heading)) ?? CsvHeadings.Meaning(Kind, heading);
    }

    /// <summary>A field of the file's own. It may be one of the schema's by name, but never a reference or a key: a cell of free text identifies nobody.</summary>
    private string CustomName(string heading, int index)
    {
        string name = CsvHeadings.Snake(heading) is { Length: > 0 } snake ? snake : $"column_{index + 1}";
        return CanonicalSchema.Find(Kind, name) is null ? name : $"csv_{name}";
    }

    private string? HeadingOf(string field) => _columns.FirstOrDefault(c => c.Field == field).Heading;

    private static bool IsOf(string? field, string start) => field is not null && field.StartsWith(start, StringComparison.Ordinal);

    private static bool Same(string heading, string? other) => other is not null && heading.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static FieldRule In(string remote, string canonical, Transform inward) => new(remote, canonical) { Direction = MapDirection.In, Inward = inward };
}
