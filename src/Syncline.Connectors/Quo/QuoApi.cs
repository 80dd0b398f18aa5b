using System.Globalization;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Syncline.Connectors.Http;
using Syncline.Limits;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>What became of a write: exactly one of the three is set.</summary>
internal sealed record QuoReply
{
    public ProviderAnswer? Answer { get; init; }

    public QuoError? Error { get; init; }

    /// <summary>Why it is not known whether the write took effect.</summary>
    public string? Lost { get; init; }
}

/// <summary>Quo's public API: v1, which holds a contact whole, and the dated surface, which changes single values.</summary>
/// <remarks>
/// Source: Quo's v1 OpenAPI document of late 2025; its pages on versioning, rate limits and contacts, read 2026-11; for the dated surface a community reference that cites the
/// official document, checked 2026-10-08.
/// </remarks>
internal sealed class QuoApi(ProviderHttp v1, ProviderHttp dated)
{
    /// <summary>The dated surface's version; demanded on every one of its requests.</summary>
    public const string Version = "2026-03-30";

    public const string VersionHeader = "Quo-Api-Version";

    public const string Calls = "calls";

    /// <summary>10 requests a second for each key, both surfaces, reads and writes together.</summary>
    public static IReadOnlyList<RateBudget> Budgets { get; } = [new(Calls, 10, TimeSpan.FromSeconds(1))];

    /// <summary>A page of all contacts; null when the token is not accepted any more.</summary>
    public async Task<QuoPage?> ListAsync(int pageSize, string? token, CancellationToken cancellationToken)
    {
        const string operation = "quo.contacts.list";
        string path = $"contacts?maxResults={Number(pageSize)}{(token is null ? "" : $"&pageToken={Uri.EscapeDataString(token)}")}";
        ProviderAnswer answer = await GetAsync(v1, operation, path, cancellationToken);
        return token is not null && answer.Status is 400 or 404 ? null : Parse(operation, answer, QuoJson.Default.QuoPage);
    }

    /// <summary>The contacts with these external ids, whole. Several may have the same one.</summary>
    /// <param name="externalIds">At most <see cref="QuoOptions.MaxIds"/>.</param>
    public async Task<IReadOnlyList<QuoContact>> FindAsync(IReadOnlyCollection<string> externalIds, CancellationToken cancellationToken)
    {
        const string operation = "quo.contacts.find";
        List<QuoContact> found = [];
        string query = $"contacts?maxResults={Number(QuoOptions.MaxPage)}{string.Concat(externalIds.Select(id => $"&externalIds={Uri.EscapeDataString(id)}"))}";
        string? token = null;
        do
        {
            string page = token is null ? "" : $"&pageToken={Uri.EscapeDataString(token)}";
            QuoPage some = Parse(operation, await GetAsync(v1, operation, query + page, cancellationToken), QuoJson.Default.QuoPage);
            found.AddRange(some.Data);
            token = some.NextPageToken;
        }
        while (token is not null);
        return found;
    }

    /// <summary>A page of all contacts, the largest there is, without numbers and addresses.</summary>
    public async Task<QuoFlatPage> ListFlatAsync(string? cursor, CancellationToken cancellationToken)
    {
        const string operation = "quo.contacts.roster";
        string path = $"contacts?limit={Number(QuoOptions.MaxPage)}{(cursor is null ? "" : $"&after={Uri.EscapeDataString(cursor)}")}";
        return Parse(operation, await GetAsync(dated, operation, path, cancellationToken), QuoJson.Default.QuoFlatPage);
    }

    /// <summary>Which of these external ids any contact has.</summary>
    /// <param name="externalIds">At most 50, none with a comma in it.</param>
    public async Task<IReadOnlyList<string>> ExistingAsync(IReadOnlyCollection<string> externalIds, CancellationToken cancellationToken)
    {
        const string operation = "quo.contacts.exist";
        List<string> existing = [];
        string query = $"contacts?externalId%5Bin%5D={string.Join(',', externalIds.Select(Uri.EscapeDataString))}&limit={Number(QuoOptions.MaxPage)}";
        string? cursor = null;
        do
        {
            string page = cursor is null ? "" : $"&after={Uri.EscapeDataString(cursor)}";
            QuoFlatPage some = Parse(operation, await GetAsync(dated, operation, query + page, cancellationToken), QuoJson.Default.QuoFlatPage);
            existing.AddRange(some.Data.Select(c => c.ExternalId).OfType<string>());
            cursor = some.NextCursor;
        }
        while (cursor is not null);
        return [.. existing.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>One contact, whole; null when there is none.</summary>
    public async Task<QuoContact?> FindAsync(string id, CancellationToken cancellationToken)
    {
        const string operation = "quo.contacts.get";
        ProviderAnswer answer = await GetAsync(v1, operation, PathOf(id), cancellationToken);
        return answer.Status == 404 ? null : Parse(operation, answer, QuoJson.Default.Contact).Data;
    }

    public async Task<IReadOnlyList<QuoFieldDefinition>> CustomFieldsAsync(CancellationToken cancellationToken)
    {
        const string operation = "quo.custom-fields.list";
        return Parse(operation, await GetAsync(v1, operation, "contact-custom-fields", cancellationToken), QuoJson.Default.FieldDefinitions).Data;
    }

    /// <summary>Makes a contact with all it holds. Quo knows no idempotency key, so it is never repeated.</summary>
    public Task<QuoReply> CreateAsync(JsonObject contact, CancellationToken cancellationToken) => WriteAsync(v1, "create", HttpMethod.Post, "contacts", contact, isIdempotent: false, cancellationToken);

    /// <summary>Changes single values of a contact, and touches no address, number or custom field.</summary>
    public Task<QuoReply> PatchAsync(string id, JsonObject values, CancellationToken cancellationToken) => WriteAsync(dated, "patch", HttpMethod.Patch, PathOf(id), values, isIdempotent: true, cancellationToken);

    /// <summary>Puts a contact's e-mail addresses, phone numbers and custom fields in the place of those it has: what is left out is deleted.</summary>
    /// <param name="isIdempotent">False when it adds or removes items: whether a repeated one would add them again is not documented, and one that is gone cannot be removed again.</param>
    public Task<QuoReply> ReplaceAsync(string id, JsonObject contact, bool isIdempotent, CancellationToken cancellationToken) => WriteAsync(v1, "replace", HttpMethod.Patch, PathOf(id), contact, isIdempotent, cancellationToken);

    public Task<QuoReply> DeleteAsync(string id, CancellationToken cancellationToken) => WriteAsync(v1, "delete", HttpMethod.Delete, PathOf(id), null, isIdempotent: true, cancellationToken);

    public static T Parse<T>(string operation, ProviderAnswer answer, JsonTypeInfo<T> type)
    {
        if (!answer.IsSuccess) throw QuoError.Of(answer).Failure(operation);
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw new JsonException("null");
        }
        catch (JsonException cause)
        {
            throw QuoError.Unreadable(operation, cause);
        }
    }

    private static async Task<QuoReply> WriteAsync(ProviderHttp surface, string verb, HttpMethod method, string path, JsonObject? body, bool isIdempotent, CancellationToken cancellationToken)
    {
        string operation = $"quo.contacts.{verb}";
        byte[]? bytes = body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, QuoJson.Default.JsonObject);
        try
        {
            ProviderAnswer answer = await surface.SendAsync(new(operation, method, path, Calls) { Body = bytes, IsIdempotent = isIdempotent, IsWrite = true }, cancellationToken);
            return answer.IsSuccess ? new() { Answer = answer } : Refused(operation, method, QuoError.Of(answer));
        }
        catch (LostAnswerException lost)
        {
            return new() { Lost = lost.Message };
        }
        catch (ProviderException failure) when (failure.Recovery == Recovery.RetryLater && isIdempotent)
        {
            // Repeated attempts all failed; an early one of them may still have been carried out.
            return new() { Lost = failure.Message };
        }
    }

    /// <exception cref="ProviderException">The key, or the address, was refused: nothing has happened, and no other write can succeed.</exception>
    private static QuoReply Refused(string operation, HttpMethod method, QuoError error)
    {
        // A single contact may be out of bounds for a key that is good for all the rest.
        bool isOneContact = method != HttpMethod.Post && error.Status is 403 or 404;
        return error.Status is 401 or 402 or 403 or 404 && !isOneContact ? throw error.Failure(operation) : new() { Error = error };
    }

    private static Task<ProviderAnswer> GetAsync(ProviderHttp surface, string operation, string path, CancellationToken cancellationToken) =>
        surface.SendAsync(new(operation, HttpMethod.Get, path, Calls) { IsIdempotent = true }, cancellationToken);

    private static string PathOf(string id) => $"contacts/{Uri.EscapeDataString(id)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
