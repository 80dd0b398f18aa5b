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

    /// <summary>Only what can identify a row: the rest is mapped by the engine, once.</summary>
    private readonly FieldMap _keys = header.Maps[^1] with { Rules = [.. header.Maps[^1].Rules.Where(r => CanonicalSchema.Find(header.Kind, r.Canonical) is { IsKey: true, IsWeakKey: false })] };

    /// <summary>The columns by heading: a set of fields that is built in that order need not be sorted, row for row.</summary>
    private readonly int[] _sorted = [.. Enumerable.Range(0, headings.Count).OrderBy(i => headings[i], StringComparer.Ordinal)];

    private readonly RecentlySeen<ulong, int> _ids = new(RememberedIds);
    private readonly CsvAnother[] _others = [.. header.Others];
    private readonly CsvCompanies _companies = new(header, connection, RememberedCompanies);

    /// <summary>The row's record, and what it says that is new of the company and the person it names.</summary>
    public (RemoteRecord Row, IReadOnlyList<RemoteRecord> Others) Of(IReadOnlyList<string> cells)
    {
        FieldSet.Builder filled = new(headings.Count);
        foreach (int column in _sorted)
        {
            if (cells[column].Length > 0) filled.Set(headings[column], FieldValue.Of(cells[column]));
        }
        FieldSet fields = filled.Build();
        List<RemoteRecord> others = [];
        foreach (CsvAnother another in _others)
        {
            (string? id, RemoteRecord? news) = another.Kind == RecordKind.Company ? _companies.Of(another, fields) : PersonOf(another, fields);
            if (id is null) continue;
            if (news is not null) others.Add(news);
            fields = fields.With(another.Reference, FieldValue.Reference(another.Stream, id));
        }
        return (new(new(connection, header.Stream, Unique(IdOf(fields))), header.Kind, fields), others);
    }

    private (string? Id, RemoteRecord? News) PersonOf(CsvAnother person, FieldSet fields)
    {
        if (person.HeadingOf("email") is not { } heading || CsvCells.AddressIn(fields[heading]?.Text) is not { } address) return (null, null);
        return (address, new(new(connection, person.Stream, address), person.Kind, FieldSet.Of((heading, FieldValue.Of(address)))));
    }

    private string IdOf(FieldSet fields)
    {
        if (CsvCompanies.CellOf(fields, header.RowColumn) is { } cell) return cell;
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
        IEnumerable<string> cells = header.IdentifyingColumns.Select(c => CsvCompanies.CellOf(fields, c) ?? "");
        string identity = string.Join('\u001F', cells);
        return Digest(identity.Trim('\u001F').Length > 0 ? identity : fields.ToString()).ToString("x32", CultureInfo.InvariantCulture);
    }

    private static UInt128 Digest(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
