using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Syncline.Connectors.Http;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>What became of a write: exactly one of the three is set.</summary>
internal sealed record HubSpotReply
{
    public ProviderAnswer? Answer { get; init; }

    public HubSpotError? Error { get; init; }

    /// <summary>Why it is not known whether the write took effect.</summary>
    public string? Lost { get; init; }
}

/// <summary>HubSpot's CRM API. Source: the team's contract of 2026-11, from HubSpot's reference of 2026-09 and what public projects have seen.</summary>
internal sealed class HubSpotApi(ProviderHttp http, ProviderHttp unsigned, HubSpotTokens tokens, HubSpotRefusals refusals)
{
    private static readonly string[] Aside = ["owners", "pipelines", "lists", "entries", "calls", "emails", "meetings", "tasks", "notes", "messages", "activities", "timeline-notes"];

    /// <exception cref="ProviderException">Any refusal.</exception>
    public async Task<T> GetAsync<T>(string operation, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        Parse(operation, Accepted(operation, await SendAsync(Read(operation, HttpMethod.Get, path, null, HubSpotOptions.Calls), cancellationToken)), type);

    /// <summary>Reads what may not be there; null at 404.</summary>
    public async Task<T?> FindAsync<T>(string operation, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        ProviderAnswer answer = await SendAsync(Read(operation, HttpMethod.Get, path, null, HubSpotOptions.Calls), cancellationToken);
        return answer.Status == 404 ? null : Parse(operation, Accepted(operation, answer), type);
    }

    /// <summary>A reading that is a POST: batch reads and searches.</summary>
    public async Task<T> QueryAsync<T>(string operation, string path, JsonObject body, string budget, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        Parse(operation, Accepted(operation, await SendAsync(Read(operation, HttpMethod.Post, path, Bytes(body), budget), cancellationToken)), type);

    /// <summary>The same, with its refusals as values.</summary>
    public async Task<(T? Found, HubSpotError? Error)> TryQueryAsync<T>(string operation, string path, JsonObject body, string budget, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        ProviderAnswer answer = await SendAsync(Read(operation, HttpMethod.Post, path, Bytes(body), budget), cancellationToken);
        if (answer.Status is 400 or 404) return (null, HubSpotError.Of(answer));
        return (Parse(operation, Accepted(operation, answer), type), null);
    }

    /// <summary>Sends a write. A refusal of what it holds, and an answer that never came, are values.</summary>
    /// <exception cref="ProviderException">The credential was refused, or the day is spent: nothing has happened, and no other write can succeed.</exception>
    public async Task<HubSpotReply> WriteAsync(string operation, HttpMethod method, string path, JsonNode? body, bool isIdempotent, string budget, CancellationToken cancellationToken)
    {
        ProviderCall call = new(operation, method, path, budget) { Body = body is null ? null : Bytes(body), IsIdempotent = isIdempotent, IsWrite = true };
        try
        {
            ProviderAnswer answer = await SendAsync(call, cancellationToken);
            if (answer.IsSuccess) return new() { Answer = answer };
            return answer.Status is 401 or 403 ? throw Failure(operation, HubSpotError.Of(answer)) : new() { Error = HubSpotError.Of(answer) };
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

    /// <summary>Sends anything, as it is; for the doctor, who looks at headers.</summary>
    public async Task<ProviderAnswer> SendAsync(ProviderCall call, CancellationToken cancellationToken)
    {
        string? access = await ReadyAsync(call.Operation, cancellationToken);
        ProviderAnswer answer = await http.SendAsync(call, cancellationToken);
        // A refused call has had no effect. That a token has ended is said in so many words; a 401 alone does not mean it.
        if (answer.Status != 401 || access is null || HubSpotError.Of(answer).Category != "EXPIRED_AUTHENTICATION") return answer;
        tokens.Ended(access);
        await ReadyAsync(call.Operation, cancellationToken);
        return await http.SendAsync(call, cancellationToken);
    }

    public static T Parse<T>(string operation, ProviderAnswer answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw new JsonException("null");
        }
        catch (JsonException cause)
        {
            throw new ProviderException($"{operation}: the answer is not the JSON that was expected.", cause)
            {
                Operation = operation,
                Recovery = Recovery.RetryLater,
                Hint = "A proxy or a sign-in page may stand between this machine and HubSpot; check base_url and try again.",
            };
        }
    }

    /// <summary>A refusal that no record is to blame for.</summary>
    public static ProviderException Failure(string operation, HubSpotError error) => new($"{operation} was refused ({error.Status}): {error.Reason}")
    {
        Operation = operation,
        Recovery = error.Status == 401 || (error.Status == 403 && !IsAside(operation)) ? Recovery.StopRun : Recovery.StopStream,
        Hint = error.Status switch
        {
            401 => "HubSpot does not accept the credential. Make a new token (Settings, Integrations: private app or service key) and set it as token; with OAuth, install the app again.",
            403 when error.Scopes.Count > 0 => $"The credential lacks scopes: {string.Join(", ", error.Scopes)}. Add them to the app or the service key; `syncline doctor` says what each is for.",
            403 => "The credential may not do this. `syncline doctor` says which scopes are needed.",
            414 => "Too many properties are mapped for one address; report this.",
            _ => null,
        },
    };

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Task<string?> ReadyAsync(string operation, CancellationToken cancellationToken)
    {
        refusals.Check(operation);
        return tokens.ReadyAsync(unsigned, cancellationToken);
    }

    // A credential may be kept from lists or engagements and still be good for all the rest.
    private static bool IsAside(string operation) => operation.Split('.') is [_, var stream, ..] && Aside.Contains(stream);

    private static ProviderAnswer Accepted(string operation, ProviderAnswer answer) => answer.IsSuccess ? answer : throw Failure(operation, HubSpotError.Of(answer));

    private static ProviderCall Read(string operation, HttpMethod method, string path, byte[]? body, string budget) => new(operation, method, path, budget) { Body = body, IsIdempotent = true };

    private static byte[] Bytes(JsonNode body) => JsonSerializer.SerializeToUtf8Bytes(body, (JsonTypeInfo)(body is JsonArray ? HubSpotJson.Default.JsonArray : HubSpotJson.Default.JsonObject));
}
