using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>The companies that rows of people or deals name: of each the first value of a column, and every domain.</summary>
/// <param name="remembered">Companies remembered; one from further back starts anew.</param>
internal sealed class CsvCompanies(CsvHeader header, string connection, int remembered)
{
    /// <summary>Domains kept of one company name. A name with more is no company (<c>self-employed</c>).</summary>
    private const int MostDomains = 1000;

    private readonly RecentlySeen<string, Known> _known = new(remembered);

    /// <summary>The id of the company that a row names, null when it names none; and its record as far as it is known by now, where the row says something new of it.</summary>
    /// <remarks>A file names few companies and names them often: what was handed on is not handed on again.</remarks>
    public (string? Id, RemoteRecord? News) Of(CsvAnother company, FieldSet row)
    {
        string? domain = CellOf(row, company.HeadingOf("domain"));
        if ((CompanyName.Key(NameIn(row, company)) ?? DomainName.Normalise(domain)) is not { } id) return (null, null);
        if (_known.Find(id) is not { } known) _known.Set(id, known = new());
        bool isNews = domain is not null && known.Domains.Count < MostDomains && known.Domains.Add(domain);
        foreach ((string heading, string field) in company.Columns)
        {
            if (field != "domain" && (field == "name" ? NameIn(row, company) : CellOf(row, heading)) is { } cell) isNews |= known.Firsts.TryAdd(heading, cell);
        }
        return (id, isNews ? new(new(connection, company.Stream, id), company.Kind, known.ToFields(company.HeadingOf("domain"))) : null);
    }

    /// <summary>What a cell holds, without outer spaces; null when that is nothing.</summary>
    public static string? CellOf(FieldSet fields, string? column) => column is not null && fields[column]?.Text.Trim() is { Length: > 0 } text ? text : null;

    private string? NameIn(FieldSet row, CsvAnother company) =>
        CellOf(row, company.HeadingOf("name")) is not { } cell ? null : header.Dialect.ListsAssociated ? cell.Split(';')[0].Trim() : cell;

    /// <summary>A company as the rows so far spell it.</summary>
    private sealed class Known
    {
        public Dictionary<string, string> Firsts { get; } = [];

        public SortedSet<string> Domains { get; } = new(StringComparer.Ordinal);

        public FieldSet ToFields(string? domainHeading) => FieldSet.Of(
            Firsts.Select(f => (f.Key, (FieldValue?)FieldValue.Of(f.Value))).Append((domainHeading ?? "", Domains.Count > 0 ? FieldValue.List(Domains.Select(FieldValue.Of)) : null)));
    }
}
