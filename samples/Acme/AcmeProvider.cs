using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Syncline.Connectors;
using Syncline.Connectors.Http;
using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Records;

namespace Acme;

// snippet: provider
/// <summary>Acme, an invented CRM: contacts are read and written.</summary>
public sealed class AcmeProvider : IProvider
{
    public string Name => "acme";

    public IReadOnlyList<SettingDefinition> Settings { get; } =
    [
        new("api_key", "An API key from Acme, under Settings, Keys.") { IsRequired = true, IsSecret = true },
        new("base_url", "Where the API is reached; plain http only on this machine.") { Default = AcmeApi.DefaultBase },
        new("page_size", "Contacts read with one call, 1 to 200.") { Default = "200" },
    ];

    public Connection Open(ConnectionSettings settings, ConnectorParts parts)
    {
        Uri address = settings.Address("base_url", AcmeApi.DefaultBase, Name);
        int pageSize = settings.Whole("page_size", 1, 200, 200, Name);
        CallPermits permits = parts.Governor.For(settings.Name, parts.Budgets ?? AcmeApi.Budgets, parts.Priority);
        AcmeApi api = new(new ProviderHttp(parts.Http, address, permits, parts.Clock, request => Authorize(request, settings)));
        return new(settings.Name, Name, [AcmeContacts.Map], permits)
        {
            Sources = [new AcmeContactSource(api, settings.Name, pageSize)],
            Destination = new AcmeDestination(api, settings.Name),
            Doctor = new AcmeDoctor(api),
        };
    }

    private void Authorize(HttpRequestMessage request, ConnectionSettings settings) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Required("api_key", Name));
}
// end-snippet

// snippet: api
/// <summary>Acme's API, version 1. Source: the sample's own contract, in <c>docs/write-a-connector.md</c>.</summary>
internal sealed class AcmeApi(ProviderHttp http)
{
    public const string DefaultBase = "https://api.acme.example.com/v1";

    private const string Calls = "calls";

    /// <summary>10 calls a second for each key, reads and writes together.</summary>
    public static IReadOnlyList<RateBudget> Budgets { get; } = [new(Calls, 10, TimeSpan.FromSeconds(1))];

    /// <summary>Contacts by time of change and id, those behind a place: at that time with a greater id, or later. Archived ones are among them.</summary>
    public Task<AcmePage> ListAsync(DateTimeOffset from, string afterId, int limit, CancellationToken cancellationToken) => ReadAsync(
        "acme.contacts.list",
        string.Create(CultureInfo.InvariantCulture, $"contacts?changed_from={from.UtcDateTime:O}&after_id={Uri.EscapeDataString(afterId)}&limit={limit}"),
        AcmeJson.Default.AcmePage,
        cancellationToken);

    /// <summary>Contacts that hold any of the values, at most 100 of each. Archived ones are not found.</summary>
    public async Task<IReadOnlyList<AcmeContact>> SearchAsync(AcmeSearch search, CancellationToken cancellationToken)
    {
        const string operation = "acme.contacts.search";
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(search, AcmeJson.Default.AcmeSearch);
        ProviderAnswer answer = await http.SendAsync(new(operation, HttpMethod.Post, "contacts/search", Calls) { Body = body, IsIdempotent = true }, cancellationToken);
        return Parse(operation, answer, AcmeJson.Default.AcmePage).Data;
    }

    public async Task<IReadOnlyList<string>> FieldsAsync(CancellationToken cancellationToken) =>
        (await ReadAsync("acme.fields.list", "fields", AcmeJson.Default.AcmeFields, cancellationToken)).Data;

    /// <summary>Sends a write. Every one of them may be repeated: contacts are named by id, or by an external id that is unique.</summary>
    public Task<ProviderAnswer> WriteAsync(string verb, HttpMethod method, string path, AcmeChange? change, CancellationToken cancellationToken)
    {
        byte[]? body = change is null ? null : JsonSerializer.SerializeToUtf8Bytes(change, AcmeJson.Default.AcmeChange);
        return http.SendAsync(new($"acme.contacts.{verb}", method, path, Calls) { Body = body, IsIdempotent = true, IsWrite = true }, cancellationToken);
    }

    public static T Parse<T>(string operation, ProviderAnswer answer, JsonTypeInfo<T> type)
    {
        if (!answer.IsSuccess) throw Failure(operation, answer);
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw new JsonException("null");
        }
        catch (JsonException cause)
        {
            throw new ProviderException($"{operation}: the answer is not the JSON that was expected.", cause) { Operation = operation, Recovery = Recovery.RetryLater };
        }
    }

    /// <summary>A refusal that no record is to blame for, sorted by what happens next.</summary>
    public static ProviderException Failure(string operation, ProviderAnswer answer) => new($"{operation} was refused ({answer.Status}): {AcmeError.Of(answer).Message}")
    {
        Operation = operation,
        Recovery = answer.Status is 401 or 403 ? Recovery.StopRun : Recovery.StopStream,
        Hint = answer.Status is 401 or 403 ? "The API key was not accepted. Make a new one in Acme under Settings, Keys, and set it as api_key." : null,
    };

    private async Task<T> ReadAsync<T>(string operation, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        Parse(operation, await http.SendAsync(new(operation, HttpMethod.Get, path, Calls) { IsIdempotent = true }, cancellationToken), type);
}
// end-snippet

// snippet: doctor
/// <summary>Tests the key and looks for the fields that the maps name. Changes nothing: Acme's fields are made in its settings only.</summary>
internal sealed class AcmeDoctor(AcmeApi api) : IDoctor
{
    public async Task<Finding> TestAsync(CancellationToken cancellationToken)
    {
        try
        {
            await api.FieldsAsync(cancellationToken);
            return new(Severity.Good, "api_key", "Acme accepts the key.");
        }
        catch (ProviderException failure)
        {
            return new(Severity.Error, "api_key", failure.Message) { Remedy = failure.Hint };
        }
    }

    public async Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken)
    {
        Finding key = await TestAsync(cancellationToken);
        if (key.Severity == Severity.Error) return [key];
        IReadOnlyList<string> fields = await api.FieldsAsync(cancellationToken);
        return [key, .. maps.SelectMany(m => m.Rules).Where(r => r.Direction != MapDirection.In).Select(r => Examine(r, fields))];
    }

    private static Finding Examine(FieldRule rule, IReadOnlyList<string> fields) => fields.Contains(rule.Remote)
        ? new(Severity.Good, $"contacts.{rule.Remote}", "There.")
        : new(rule.IsRequired ? Severity.Error : Severity.Warning, $"contacts.{rule.Remote}", "The field is not there.") { Remedy = "Add it in Acme under Settings, Fields." };
}
// end-snippet

// snippet: wire
/// <summary>A contact on the wire. No field but the id and the time of change is certain to be there.</summary>
internal sealed record AcmeContact(string Id, DateTimeOffset ChangedAt)
{
    public string? ExternalId { get; init; }

    public string? Name { get; init; }

    public string? Title { get; init; }

    public IReadOnlyList<string> Emails { get => field ?? []; init; }

    public IReadOnlyList<string> Tags { get => field ?? []; init; }

    public bool Archived { get; init; }
}

internal sealed record AcmePage(IReadOnlyList<AcmeContact> Data, bool More);

internal sealed record AcmeFields(IReadOnlyList<string> Data);

internal sealed record AcmeSearch(IReadOnlyList<string> Ids, IReadOnlyList<string> ExternalIds, IReadOnlyList<string> Emails);

/// <summary>What a write sends: null text clears the field, a key that is left out keeps it.</summary>
internal sealed record AcmeChange(IReadOnlyDictionary<string, string?> Set)
{
    /// <summary>Values put beside those that are there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Add { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Values put in the place of those that are there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Replace { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>A refusal. <see cref="Field"/> and <see cref="ContactId"/> are there where the code calls for them.</summary>
internal sealed record AcmeError(string Code, string Message)
{
    public string? Field { get; init; }

    public string? ContactId { get; init; }

    /// <summary>Reads a refusal; a body that is not Acme's own (a proxy's page) never gets into a message.</summary>
    public static AcmeError Of(ProviderAnswer answer)
    {
        try
        {
            if (JsonSerializer.Deserialize(answer.Body, AcmeJson.Default.AcmeError) is { Code: not null, Message: not null } said) return said;
        }
        catch (JsonException)
        {
            // The status says what there is to say.
        }
        return new($"http_{answer.Status}", "no reason was given");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AcmePage))]
[JsonSerializable(typeof(AcmeFields))]
[JsonSerializable(typeof(AcmeSearch))]
[JsonSerializable(typeof(AcmeChange))]
[JsonSerializable(typeof(AcmeError))]
internal sealed partial class AcmeJson : JsonSerializerContext;
// end-snippet
