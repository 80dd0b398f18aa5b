using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>Where a sweep stands: the creation time it has reached, the ids already seen at exactly that time, and how many rows from that time on are behind it.</summary>
internal sealed record AttioPosition(DateTimeOffset Started)
{
    /// <summary>The last creation time as the provider wrote it: all nine fraction digits count. Null at the start.</summary>
    public string? Last { get; init; }

    public ImmutableArray<string> Seen { get; init; } = [];

    /// <summary>Above 0 only while one creation time fills whole pages.</summary>
    public int Offset { get; init; }

    /// <summary>The last row before <see cref="Offset"/>, asked for again: another one in its place means that rows before it were deleted, and the offset would pass over as many. Null at offset 0.</summary>
    public string? Anchor { get; init; }

    /// <summary>The list that is being swept, for streams that go through several.</summary>
    public string? List { get; init; }

    /// <summary>True once everything was read: the next reading begins anew, because changes cannot be asked for.</summary>
    public bool IsDone { get; init; }

    public Cursor ToCursor() => new(JsonSerializer.Serialize(this, AttioJson.Default.AttioPosition));

    /// <summary>Where a reading begins: at the beginning, unless the last one was cut short.</summary>
    public static AttioPosition From(ReadRequest request, DateTimeOffset now)
    {
        AttioPosition? left = request.After is { } cursor ? JsonSerializer.Deserialize(cursor.Text, AttioJson.Default.AttioPosition) : null;
        return left is { IsDone: false } ? left : new(now);
    }
}

/// <summary>One page of a sweep.</summary>
/// <param name="Rows">The rows that were not seen before.</param>
/// <param name="Next">The position after them.</param>
internal sealed record SweptRows(IReadOnlyList<JsonElement> Rows, AttioPosition Next);

/// <summary>Goes through a query endpoint by creation time. Offsets alone would shift under inserts and deletes, so each page asks for "from that time on" and drops what it has seen.</summary>
/// <remarks>
/// No answer says how many rows there are. Pages are asked for ahead all the same, by offset from the place reached, first one, then two, then four at a time: the end costs a few calls too many, and a page's way there and
/// back is not waited for four times. Pages asked for together overlap: one that does not begin with the end of the page before it has shifted, and is asked for anew from there.
/// </remarks>
/// <param name="idName">The row's own part of its id: <c>record_id</c>.</param>
/// <param name="valuesName">Where its values are: <c>values</c> or <c>entry_values</c>.</param>
internal sealed class AttioSweep(AttioApi api, string operation, string path, string idName, string valuesName, int pageSize)
{
    private const int MostAhead = 4;

    // Rows that two pages asked for together share: the last of one is among the first of the next, unless more rows than these were deleted between the two answers.
    private const int Overlap = 5;

    /// <summary>Pages until the end, or until so many rows.</summary>
    public async IAsyncEnumerable<SweptRows> RunAsync(AttioPosition from, int? maxRows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AttioPosition at = from;
        int left = maxRows ?? int.MaxValue;
        int ahead = 1;
        while (left > 0)
        {
            int back = at.Anchor is null ? 0 : 1;
            int limit = Math.Min(back + Math.Min(pageSize, left > pageSize ? pageSize : left + at.Seen.Length), AttioOptions.MaxRows);
            string? last = null;
            foreach (Task<IReadOnlyList<JsonElement>> asked in Ask(at with { Offset = at.Offset - back }, limit, ahead, cancellationToken))
            {
                if ((last is null ? Unshifted(at, await asked) : Behind(await asked, last)) is not { } rows)
                {
                    if (last is null) at = at with { Offset = 0, Anchor = null };
                    break;
                }
                HashSet<string> seen = [.. at.Seen];
                List<JsonElement> fresh = [.. rows.Where(r => !seen.Contains(IdOf(r))).Take(left)];
                left -= fresh.Count;
                at = After(at, rows, fresh, limit - (last is null ? back : Overlap));
                last = rows.Count == 0 ? null : IdOf(rows[^1]);
                yield return new(fresh, at);
                if (at.IsDone) yield break;
            }
            ahead = maxRows is null && pageSize > 2 * Overlap ? Math.Min(ahead * 2, MostAhead) : 1;
        }
    }

    private Task<IReadOnlyList<JsonElement>>[] Ask(AttioPosition at, int limit, int ahead, CancellationToken cancellationToken) => [.. Enumerable.Range(0, ahead).Select(page =>
    {
        Task<IReadOnlyList<JsonElement>> asked = api.QueryAsync(operation, path, AttioBody.Query(From(at), limit, at.Offset + (page * (limit - Overlap))), cancellationToken);
        // A page behind the end, or behind a shift, is nobody's any more, and neither is its failure.
        _ = asked.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return asked;
    })];

    /// <summary>The rows behind the position's anchor; null when that is not the first of them. All rows where there is none.</summary>
    private IReadOnlyList<JsonElement>? Unshifted(AttioPosition at, IReadOnlyList<JsonElement> rows)
    {
        if (at.Anchor is null) return rows;
        return rows.Count > 0 && IdOf(rows[0]) == at.Anchor ? [.. rows.Skip(1)] : null;
    }

    /// <summary>The rows behind a row; null when it is not among the first of them.</summary>
    private IReadOnlyList<JsonElement>? Behind(IReadOnlyList<JsonElement> rows, string last)
    {
        int at = rows.Take(Overlap).ToList().FindIndex(r => IdOf(r) == last);
        return at < 0 ? null : [.. rows.Skip(at + 1)];
    }

    public string IdOf(JsonElement row) => AttioValues.Text(row.GetProperty("id"), idName)!;

    private AttioPosition After(AttioPosition at, IReadOnlyList<JsonElement> rows, List<JsonElement> fresh, int limit)
    {
        // A row that was cut off by the caller's maximum must be met again: what comes after is only passed over when all of it was taken.
        int taken = fresh.Count == 0 ? rows.Count : rows.Index().Last(r => IdOf(r.Item) == IdOf(fresh[^1])).Index + 1;
        HashSet<string> seen = [.. at.Seen];
        if (rows.Count < limit && rows.Skip(taken).All(r => seen.Contains(IdOf(r)))) return at with { IsDone = true };
        string? anchor = taken == 0 ? at.Anchor : IdOf(rows[taken - 1]);
        if (fresh.Count == 0) return at with { Offset = at.Offset + taken, Anchor = anchor };
        string last = CreatedAt(fresh[^1]);
        IEnumerable<string> ids = fresh.Where(r => CreatedAt(r) == last).Select(IdOf);
        return last == at.Last
            ? at with { Seen = [.. at.Seen, .. ids], Offset = at.Offset + taken, Anchor = anchor }
            : at with { Last = last, Seen = [.. ids], Offset = 0, Anchor = null };
    }

    private static Action<Utf8JsonWriter>? From(AttioPosition at) => at.Last is not { } last
        ? null
        : json => AttioBody.Nested(json, "created_at", inner => inner.WriteString("$gte", last));

    // The attribute is what filter and sort go by; the row's own created_at may differ from it by seconds.
    private string CreatedAt(JsonElement row) =>
        row.TryGetProperty(valuesName, out JsonElement values) && values.TryGetProperty("created_at", out JsonElement attribute) && attribute.GetArrayLength() > 0
            ? AttioValues.Text(attribute[0], "value")!
            : AttioValues.Text(row, "created_at")!;
}

/// <summary>A page as the engine takes it: what is known in this very content is passed over.</summary>
internal static class AttioPages
{
    public static async Task<Page> PageAsync(StreamId stream, IReadOnlyList<RemoteRecord> records, Cursor next, ReadRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> known = request.IsFull || records.Count == 0
            ? new Dictionary<string, string>()
            : await request.Known.FindAsync(stream, [.. records.Select(r => r.Key.Id)], cancellationToken);
        List<RemoteRecord> changed = [.. records.Where(r => known.GetValueOrDefault(r.Key.Id) != r.Version)];
        return new(changed, next) { Versions = [.. records.Select(r => (r.Key, r.Version!))], Unchanged = records.Count - changed.Count, Covered = records.Count };
    }
}
