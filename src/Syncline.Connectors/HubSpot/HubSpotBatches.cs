using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Connectors.Http;

namespace Syncline.Connectors.HubSpot;

/// <summary>One row of a write.</summary>
/// <param name="Trace">Its own mark, unique in the batch: with one on every row HubSpot writes the good rows and answers for each.</param>
/// <param name="Input">What is sent: <c>id</c>, <c>properties</c>, <c>associations</c>.</param>
internal sealed record HubSpotRow(string Trace, JsonObject Input)
{
    /// <summary>The id the row goes by; null for a new record.</summary>
    public string? Id => (string?)Input["id"];

    /// <summary>A value that tells the record in an answer; null when it has none.</summary>
    public Func<HubSpotObject, bool>? IsMine { get; init; }
}

/// <summary>What became of a row: exactly one is set.</summary>
internal sealed record HubSpotRowResult
{
    public HubSpotObject? Record { get; init; }

    public HubSpotError? Error { get; init; }

    /// <summary>Why nobody knows.</summary>
    public string? Lost { get; init; }
}

/// <summary>Writes rows by the hundred and tells what became of each.</summary>
/// <remarks>200, 201 and 207 mean the same: look at the errors. Results come in no order. A batch that is refused as a whole is divided until the bad row is alone; nothing of it has happened.</remarks>
internal sealed class HubSpotBatches(HubSpotApi api, HubSpotKind kind)
{
    public Task<IReadOnlyList<HubSpotRowResult>> CreateAsync(IReadOnlyList<HubSpotRow> rows, CancellationToken cancellationToken) => WriteAsync("create", rows, isIdempotent: false, cancellationToken);

    public Task<IReadOnlyList<HubSpotRowResult>> UpdateAsync(IReadOnlyList<HubSpotRow> rows, CancellationToken cancellationToken) => WriteAsync("update", rows, isIdempotent: true, cancellationToken);

    /// <summary>Creates or changes, by a unique property that each row names.</summary>
    public Task<IReadOnlyList<HubSpotRowResult>> UpsertAsync(IReadOnlyList<HubSpotRow> rows, CancellationToken cancellationToken) => WriteAsync("upsert", rows, isIdempotent: true, cancellationToken);

    /// <summary>Archives records; ones that are not there are done.</summary>
    public async Task<IReadOnlyList<HubSpotRowResult>> ArchiveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return [];
        JsonObject body = new() { ["inputs"] = new JsonArray([.. ids.Distinct(StringComparer.Ordinal).Select(id => new JsonObject { ["id"] = id })]) };
        HubSpotReply reply = await api.WriteAsync($"hubspot.{kind.Stream}.archive", HttpMethod.Post, HubSpotPaths.Object(kind.Type, "/batch/archive"), body, isIdempotent: true, HubSpotOptions.Calls, cancellationToken);
        if (reply.Lost is { } lost) return [.. ids.Select(_ => new HubSpotRowResult { Lost = lost })];
        if (reply.Error is not { IsNotFound: false } error) return [.. ids.Select(id => new HubSpotRowResult { Record = new(id) { Archived = true } })];
        if (ids.Count == 1) return [new() { Error = error }];
        int half = ids.Count / 2;
        return [.. await ArchiveAsync([.. ids.Take(half)], cancellationToken), .. await ArchiveAsync([.. ids.Skip(half)], cancellationToken)];
    }

    private async Task<IReadOnlyList<HubSpotRowResult>> WriteAsync(string verb, IReadOnlyList<HubSpotRow> rows, bool isIdempotent, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return [];
        // Without the inputs around them HubSpot says yes and does nothing.
        JsonObject body = new() { ["inputs"] = new JsonArray([.. rows.Select(r => Marked(r))]) };
        HubSpotReply reply = await api.WriteAsync($"hubspot.{kind.Stream}.{verb}", HttpMethod.Post, HubSpotPaths.Object(kind.Type, $"/batch/{verb}"), body, isIdempotent, HubSpotOptions.Calls, cancellationToken);
        if (reply.Lost is { } lost) return [.. rows.Select(_ => new HubSpotRowResult { Lost = lost })];
        if (reply.Answer is { } answer) return Match(rows, answer, $"hubspot.{kind.Stream}.{verb}");
        if (rows.Count == 1) return [new() { Error = reply.Error }];
        int half = rows.Count / 2;
        return [.. await WriteAsync(verb, [.. rows.Take(half)], isIdempotent, cancellationToken), .. await WriteAsync(verb, [.. rows.Skip(half)], isIdempotent, cancellationToken)];
    }

    private static JsonObject Marked(HubSpotRow row)
    {
        JsonObject input = row.Input.DeepClone().AsObject();
        input["objectWriteTraceId"] = row.Trace;
        return input;
    }

    private static IReadOnlyList<HubSpotRowResult> Match(IReadOnlyList<HubSpotRow> rows, ProviderAnswer answer, string operation)
    {
        HubSpotBatch batch;
        try
        {
            batch = HubSpotApi.Parse(operation, answer, HubSpotJson.Default.HubSpotBatch);
        }
        catch (Syncline.Records.ProviderException unreadable)
        {
            return [.. rows.Select(_ => new HubSpotRowResult { Lost = unreadable.Message })];
        }
        HubSpotError[] errors = [.. batch.Errors.Select(e => HubSpotError.Of(answer.Status, e))];
        List<HubSpotRow> silent = [.. rows.Where(r => Find(r, batch) is null && Find(r, errors) is null)];
        HubSpotError[] nobodys = [.. errors.Where(e => e.TraceIds.Count == 0 && e.Ids.Count == 0)];
        return [.. rows.Select(r => Find(r, batch) is { } record ? new HubSpotRowResult { Record = record }
            : Find(r, errors) is { } error ? new() { Error = error }
            // An error without a name is the only row's that nothing else was said about.
            : silent.Count == 1 && nobodys is [var left] ? new() { Error = left }
            : new() { Lost = "HubSpot's answer says nothing about this row." })];
    }

    private static HubSpotObject? Find(HubSpotRow row, HubSpotBatch batch) =>
        batch.Results.FirstOrDefault(o => o.ObjectWriteTraceId == row.Trace)
        ?? batch.Results.FirstOrDefault(o => o.ObjectWriteTraceId is null && (o.Id == row.Id || row.IsMine?.Invoke(o) == true));

    private static HubSpotError? Find(HubSpotRow row, HubSpotError[] errors) =>
        errors.FirstOrDefault(e => e.TraceIds.Contains(row.Trace)) ?? errors.FirstOrDefault(e => e.TraceIds.Count == 0 && row.Id is { } id && e.Ids.Contains(id));
}
