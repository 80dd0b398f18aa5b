using System.Runtime.CompilerServices;
using System.Text.Json;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Contacts, all of them at each reading: Quo has neither "changed since" nor tombstones. Those whose content is known are passed over.</summary>
internal sealed class QuoContacts(QuoApi api, QuoOptions options) : IPointSource
{
    public StreamDescriptor Stream { get; } = new(new(options.Connection, QuoOptions.Contacts), [RecordKind.Person]) { IsCensus = true };

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QuoPosition at = PositionOf(request);
        bool isWhole = at is { Token: null, Taken.Count: 0 };
        int left = request.MaxRecords ?? int.MaxValue;
        for (int pages = 0; !at.IsDone && left > 0 && pages < (request.MaxPages ?? int.MaxValue); pages++)
        {
            QuoPage? page = await api.ListAsync(options.PageSize, at.Token, cancellationToken);
            if (page is null)
            {
                // A token that an earlier run left is too old: from the start, which costs time and loses nothing.
                (at, isWhole) = (new(), true);
                page = (await api.ListAsync(options.PageSize, null, cancellationToken))!;
            }
            QuoContact[] fresh = [.. page.Data.Where(c => !at.Taken.Contains(c.Id, StringComparer.Ordinal))];
            QuoContact[] taken = fresh.Length > left ? fresh[..left] : fresh;
            left -= taken.Length;
            at = taken.Length < fresh.Length ? at with { Taken = [.. at.Taken, .. taken.Select(c => c.Id)] } : new() { Token = page.NextPageToken, IsDone = page.NextPageToken is null };
            yield return await PageAsync(taken, at, isWhole, request, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        // No call reads several contacts by their ids; the budget, not their number, sets the pace.
        QuoContact?[] contacts = await Task.WhenAll(ids.Distinct(StringComparer.Ordinal).Select(id => api.FindAsync(id, cancellationToken)));
        return [.. contacts.OfType<QuoContact>().Select(ToRecord)];
    }

    private async Task<Page> PageAsync(QuoContact[] contacts, QuoPosition at, bool isWhole, ReadRequest request, CancellationToken cancellationToken)
    {
        RemoteRecord[] records = [.. contacts.Select(ToRecord)];
        IReadOnlyDictionary<string, string> known = request.IsFull || records.Length == 0
            ? new Dictionary<string, string>()
            : await request.Known.FindAsync(Stream.Id, [.. records.Select(r => r.Key.Id)], cancellationToken);
        RemoteRecord[] changed = [.. records.Where(r => known.GetValueOrDefault(r.Key.Id) != r.Version)];
        return new(changed, new(JsonSerializer.Serialize(at, QuoJson.Default.QuoPosition)))
        {
            Versions = [.. records.Select(r => (r.Key, r.Version!))],
            Unchanged = records.Length - changed.Length,
            Covered = records.Length,
            CompletesSweep = at.IsDone && isWhole,
        };
    }

    private RemoteRecord ToRecord(QuoContact contact)
    {
        RemoteRecord record = QuoRecords.Of(Stream.Id, contact);
        return record with { Version = ContentVersion.Of(record.Fields) };
    }

    /// <summary>A text nobody can read is no cursor; one that stands at the end begins anew.</summary>
    private static QuoPosition PositionOf(ReadRequest request)
    {
        try
        {
            QuoPosition? left = request is { IsFull: false, After: { } cursor } ? JsonSerializer.Deserialize(cursor.Text, QuoJson.Default.QuoPosition) : null;
            return left is { IsDone: false } ? left : new();
        }
        catch (JsonException)
        {
            return new();
        }
    }
}
