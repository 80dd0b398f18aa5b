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
        if (_known.Find(id) is not { } known) _known.Set(id, known = new(company.Columns.Count));
        bool isNews = domain is not null && known.Add(domain, MostDomains);
        foreach ((int column, (string heading, string field)) in company.Columns.Index())
        {
            if (field != "domain" && (field == "name" ? NameIn(row, company) : CellOf(row, heading)) is { } cell) isNews |= known.SetFirst(column, cell);
        }
        return (id, isNews ? new(new(connection, company.Stream, id), company.Kind, known.ToFields(company)) : null);
    }

    /// <summary>What a cell holds, without outer spaces; null when that is nothing.</summary>
    public static string? CellOf(FieldSet fields, string? column) => column is not null && fields[column]?.Text.Trim() is { Length: > 0 } text ? text : null;

    private string? NameIn(FieldSet row, CsvAnother company) =>
        CellOf(row, company.HeadingOf("name")) is not { } cell ? null : header.Dialect.ListsAssociated ? cell.Split(';')[0].Trim() : cell;

    /// <summary>A company as the rows so far spell it. Tens of thousands are remembered, nearly all with one domain: no collection is made for that.</summary>
    private sealed class Known(int columns)
    {
        private readonly string?[] _firsts = new string?[columns];
        private string? _domain;
        private SortedSet<string>? _domains;

        public bool Add(string domain, int most)
        {
            if (_domain is null)
            {
                _domain = domain;
                return true;
            }
            if (_domains is null && _domain == domain) return false;
            _domains ??= new(StringComparer.Ordinal) { _domain };
            return _domains.Count < most && _domains.Add(domain);
        }

        public bool SetFirst(int column, string cell)
        {
            bool isFirst = _firsts[column] is null;
            _firsts[column] ??= cell;
            return isFirst;
        }

        public FieldSet ToFields(CsvAnother company)
        {
            IEnumerable<string> domains = _domains ?? (_domain is null ? [] : (IEnumerable<string>)[_domain]);
            return FieldSet.Of(company.Columns.Select((c, i) => (c.Heading, FieldValue.TextOrNone(_firsts[i]))).Where(f => f.Item2 is not null)
                .Append((company.HeadingOf("domain") ?? "", _domain is null ? null : FieldValue.List(domains.Select(FieldValue.Of)))));
        }
    }
}
