using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Syncline.Connectors.Http;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Attio;

/// <summary>What became of a write: exactly one of the three is set.</summary>
internal sealed record AttioReply
{
    /// <summary>The whole answer.</summary>
    public JsonElement? Answer { get; init; }

    public AttioError? Error { get; init; }

    /// <summary>Why it is not known whether the write took effect.</summary>
    public string? Lost { get; init; }
}

/// <summary>Attio's REST API, v2. Source: contract of 2026-11-20 (OpenAPI of 2026-04).</summary>
internal sealed class AttioApi(ProviderHttp http)
{
    public const string Reads = "reads", Writes = "writes";

    /// <summary>The published limits: 100 reads and 25 writes a second. Queries are reads although they are POST.</summary>
    public static IReadOnlyList<RateBudget> Budgets { get; } = [new(Reads, 100, TimeSpan.FromSeconds(1)), new(Writes, 25, TimeSpan.FromSeconds(1))];

    public CallPermits Permits => http.Permits;

    /// <summary>Reads a typed answer.</summary>
    /// <exception cref="ProviderException">Any refusal.</exception>
    public async Task<T> GetAsync<T>(string operation, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        Parse(operation, await ReadAsync(new(operation, HttpMethod.Get, path, Reads) { IsIdempotent = true }, cancellationToken), body => JsonSerializer.Deserialize(body, type)!);

    /// <summary>Reads an entity; null when there is none (404 <c>not_found</c>).</summary>
    public async Task<JsonElement?> FindAsync(string operation, string path, CancellationToken cancellationToken)
    {
        ProviderAnswer answer = await http.SendAsync(new(operation, HttpMethod.Get, path, Reads) { IsIdempotent = true }, cancellationToken);
        if (answer.IsSuccess) return Parse(operation, answer.Body, body => JsonElement.Parse(body));
        AttioError error = AttioError.Parse(answer.Status, answer.Body);
        return error is { Status: 404, Code: "not_found", IsMissingObject: false } ? null : throw Failure(operation, error);
    }

    /// <summary>Sends a query and returns its rows.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string operation, string path, byte[] body, CancellationToken cancellationToken) =>
        Rows(operation, await ReadAsync(new(operation, HttpMethod.Post, path, Reads) { Body = body, IsIdempotent = true }, cancellationToken));

    /// <summary>Reads one page of a plain listing.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string operation, string path, CancellationToken cancellationToken) =>
        Rows(operation, await ReadAsync(new(operation, HttpMethod.Get, path, Reads) { IsIdempotent = true }, cancellationToken));

    /// <summary>Sends a write. A refusal of the record, and an answer that never came, are values.</summary>
    /// <exception cref="ProviderException">The key or the whole object was refused: nothing has happened, and no other write can succeed.</exception>
    public async Task<AttioReply> WriteAsync(string operation, HttpMethod method, string path, byte[]? body, bool isIdempotent, CancellationToken cancellationToken)
    {
        ProviderCall call = new(operation, method, path, Writes) { Body = body, IsIdempotent = isIdempotent, IsWrite = true };
        try
        {
            ProviderAnswer answer = await http.SendAsync(call, cancellationToken);
            return answer.IsSuccess ? Accepted(answer) : Refused(operation, AttioError.Parse(answer.Status, answer.Body));
        }
        catch (LostAnswerException lost)
        {
            return new() { Lost = lost.Message };
        }
        catch (ProviderException failure) when (failure.Recovery == Recovery.RetryLater)
        {
            // Repeated attempts all failed; an early one of them may still have been carried out.
            return new() { Lost = failure.Message };
        }
    }

    /// <summary>A refusal that no record is to blame for.</summary>
    public static ProviderException Failure(string operation, AttioError error) => new($"{operation} was refused: {error.Status} {error.Code}: {error.Reason(FieldSet.Empty)}")
    {
        Operation = operation,
        Recovery = error.Status == 401 || (error.Status == 403 && !IsAside(operation)) ? Recovery.StopRun : error.IsMerging ? Recovery.RetryLater : Recovery.StopStream,
        Hint = error.Status switch
        {
            401 => "The API key was not accepted. Make a new one in Attio (Workspace settings, Developers) and set it as api_key.",
            403 when operation.StartsWith("attio.webhooks.", StringComparison.Ordinal) => "The API key lacks the scope webhook:read-write, which only a key of the workspace can have.",
            403 => $"The API key lacks a permission. A sync needs these scopes: {string.Join(", ", [.. AttioScopes.Needed, .. AttioScopes.Useful])}.",
            404 when error.IsMissingObject => "The object is not there. `syncline doctor --fix` creates it; deals, users and workspaces are switched on in Attio's settings.",
            _ => null,
        },
    };

    // A key may be forbidden notes and lists and still be good for all the rest.
    private static bool IsAside(string operation) =>
        operation.StartsWith("attio.notes.", StringComparison.Ordinal) || operation.StartsWith("attio.lists.", StringComparison.Ordinal) || operation.StartsWith("attio.entries.", StringComparison.Ordinal)
        || operation.StartsWith("attio.webhooks.", StringComparison.Ordinal);

    private static AttioReply Accepted(ProviderAnswer answer)
    {
        try
        {
            return new() { Answer = JsonElement.Parse(answer.Body) };
        }
        catch (JsonException)
        {
            return new() { Lost = "The answer was a success that cannot be read." };
        }
    }

    private static AttioReply Refused(string operation, AttioError error) => error.Status is 401 or 403 || error.IsMissingObject
        ? throw Failure(operation, error)
        : new() { Error = error };

    private async Task<byte[]> ReadAsync(ProviderCall call, CancellationToken cancellationToken)
    {
        ProviderAnswer answer = await http.SendAsync(call, cancellationToken);
        return answer.IsSuccess ? answer.Body : throw Failure(call.Operation, AttioError.Parse(answer.Status, answer.Body));
    }

    private static IReadOnlyList<JsonElement> Rows(string operation, byte[] body) =>
        [.. Parse(operation, body, b => JsonDocument.Parse(b).RootElement.GetProperty("data")).EnumerateArray()];

    private static T Parse<T>(string operation, byte[] body, Func<byte[], T> read)
    {
        try
        {
            return read(body);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ProviderException($"{operation}: the answer is not the JSON that was expected.", failure) { Operation = operation, Recovery = Recovery.RetryLater };
        }
    }
}
