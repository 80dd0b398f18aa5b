using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Syncline.Mapping;
using Syncline.Matching;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>Turns rows into remote records. Deterministic over the rows from the first on: a repeated id and a company's domains depend on what stood before.</summary>
internal sealed class CsvRecords(CsvHeader header, IReadOnlyList<string> headings, string connection)
{
    /// <summary>Ids and companies remembered. An id repeated from further back is an update of the first row's record; a company's domains start anew.</summary>
    private const int RememberedIds = 100_000, RememberedCompanies = 20_000;

    /// <summary>Domains kept of one company name. A name with more is no company (<c>self-employed</c>).</summary>
    private const int MostDomains = 1000;

    /// <summary>Only what can identify a row: the rest is mapped by the engine, once.</summary>
    private readonly FieldMap _keys = header.Maps[^1] with { Rules = [.. header.Maps[^1].Rules.Where(r => CanonicalSchema.Find(header.Kind, r.Canonical) is { IsKey: true, IsWeakKey: false })] };

    private readonly RecentlySeen<ulong, int> _ids = new(RememberedIds);
    private readonly RecentlySeen<string, CompanyCells> _companies = new(RememberedCompanies);

    /// <summary>The row's record, and its company's as far as it is known by now; the company is null when the row names none.</summary>
    public (RemoteRecord Row, RemoteRecord? Company) Of(IReadOnlyList<string> cells)
    {
        FieldSet fields = FieldSet.Of(headings.Zip(cells).Where(c => c.Second.Length > 0).Select(c => (c.First, (FieldValue?)FieldValue.Of(c.Second))));
        RemoteRecord? company = CompanyOf(fields);
        if (company is not null) fields = fields.With(CsvHeader.CompanyReference, FieldValue.Reference("companies", company.Key.Id));
        return (new(new(connection, header.Stream, Unique(IdOf(fields))), header.Kind, fields), company);
    }

    private string IdOf(FieldSet fields)
    {
        if (CellOf(fields, header.RowColumn) is { } cell) return cell;
        return IdentityKeys.Of(header.Kind, _keys.ToCanonical(fields)) is [(var key, false), ..] ? $"{key.Type}:{key.Value}" : $"row:{Hash(fields)}";
    }

    /// <summary>The first row of an id has it plain, the second as <c>id#2</c>: each row keeps a link of its own and can be exported; their keys make them one record.</summary>
    private string Unique(string id)
    {
        ulong digest = (ulong)Digest(id);
        int count = _ids.Find(digest) + 1;
        _ids.Set(digest, count);
        return count == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}#{count}");
    }

    private string Hash(FieldSet fields)
    {
        IEnumerable<string> cells = header.IdentifyingColumns.Select(c => CellOf(fields, c) ?? "");
        string identity = string.Join('\u001F', cells);
        return Digest(identity.Trim('\u001F').Length > 0 ? identity : fields.ToString()).ToString("x32", CultureInfo.InvariantCulture);
    }

    private RemoteRecord? CompanyOf(FieldSet fields)
    {
        string? name = CellOf(fields, header.CompanyNameColumn), domain = CellOf(fields, header.CompanyDomainColumn);
        if ((CompanyName.Key(name) ?? DomainName.Normalise(domain)) is not { } id) return null;
        CompanyCells company = (_companies.Find(id) ?? new(name, [])).With(domain, MostDomains);
        _companies.Set(id, company);
        return new(new(connection, "companies", id), RecordKind.Company, FieldSet.Of(
            (header.CompanyNameColumn ?? "", company.Name is { } first ? FieldValue.Of(first) : null),
            (header.CompanyDomainColumn ?? "", FieldValue.List(company.Domains.Select(FieldValue.Of)))));
    }

    private static string? CellOf(FieldSet fields, string? column) => column is not null && fields[column]?.Text.Trim() is { Length: > 0 } text ? text : null;

    private static UInt128 Digest(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>A company as its people's rows spell it, the first name first.</summary>
    private sealed record CompanyCells(string? Name, ImmutableSortedSet<string> Domains)
    {
        public CompanyCells With(string? domain, int most) =>
            domain is null || Domains.Count >= most ? this : this with { Domains = Domains.Add(domain) };
    }
}
