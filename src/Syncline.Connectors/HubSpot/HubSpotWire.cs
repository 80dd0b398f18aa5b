using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Syncline.Connectors.HubSpot;

/// <summary>A record on the wire. Values are texts, or null where there is none.</summary>
internal sealed record HubSpotObject(string Id)
{
    public IReadOnlyDictionary<string, string?> Properties { get => field ?? new Dictionary<string, string?>(); init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public bool Archived { get; init; }

    public string? ObjectWriteTraceId { get; init; }

    /// <summary>By the plural name of the other type; only where a listing or a single reading was asked for them.</summary>
    public IReadOnlyDictionary<string, HubSpotNeighbours>? Associations { get; init; }
}

internal sealed record HubSpotNeighbours
{
    /// <summary>A pair with two types is there twice.</summary>
    public IReadOnlyList<HubSpotNeighbour> Results { get => field ?? []; init; }

    public HubSpotPaging? Paging { get; init; }
}

internal sealed record HubSpotNeighbour(string Id);

internal sealed record HubSpotPaging(HubSpotNext? Next);

internal sealed record HubSpotNext(string? After);

/// <summary>A page of a listing or of a search.</summary>
internal sealed record HubSpotPage
{
    public IReadOnlyList<HubSpotObject> Results { get => field ?? []; init; }

    public HubSpotPaging? Paging { get; init; }

    /// <summary>Of a search only.</summary>
    public long? Total { get; init; }

    public string? After => Paging?.Next?.After;
}

/// <summary>The answer of a batch call: what went well, in no promised order, and what did not.</summary>
internal sealed record HubSpotBatch
{
    public IReadOnlyList<HubSpotObject> Results { get => field ?? []; init; }

    public IReadOnlyList<JsonElement> Errors { get => field ?? []; init; }
}

/// <summary>What a property is.</summary>
internal sealed record HubSpotProperty(string Name)
{
    public string Type { get; init; } = "string";

    public string FieldType { get; init; } = "text";

    public bool HasUniqueValue { get; init; }

    public bool Calculated { get; init; }

    /// <summary>The options are kept elsewhere (users, owners): those listed here are not all.</summary>
    public bool? ExternalOptions { get; init; }

    public HubSpotModification? ModificationMetadata { get; init; }

    public IReadOnlyList<HubSpotOption> Options { get => field ?? []; init; }

    public bool IsWritable => !Calculated && ModificationMetadata?.ReadOnlyValue != true;

    /// <summary>True when it holds several values, joined by semicolons.</summary>
    public bool IsMany => Type == "enumeration" && FieldType == "checkbox";
}

internal sealed record HubSpotModification(bool? ReadOnlyValue);

internal sealed record HubSpotOption(string? Label, string? Value)
{
    public int DisplayOrder { get; init; }
}

internal sealed record HubSpotProperties
{
    public IReadOnlyList<HubSpotProperty> Results { get => field ?? []; init; }
}

internal sealed record HubSpotOwner(string Id)
{
    public string? Email { get; init; }
}

internal sealed record HubSpotOwners
{
    public IReadOnlyList<HubSpotOwner> Results { get => field ?? []; init; }

    public HubSpotPaging? Paging { get; init; }
}

internal sealed record HubSpotStage(string Id)
{
    public string? Label { get; init; }
}

internal sealed record HubSpotPipeline(string Id)
{
    public string? Label { get; init; }

    public IReadOnlyList<HubSpotStage> Stages { get => field ?? []; init; }
}

internal sealed record HubSpotPipelines
{
    public IReadOnlyList<HubSpotPipeline> Results { get => field ?? []; init; }
}

internal sealed record HubSpotToken
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    /// <summary>Seconds.</summary>
    [JsonPropertyName("expires_in")]
    public int ExpiresIn { get; init; }
}

internal sealed record HubSpotAccount
{
    public long PortalId { get; init; }

    public string? AccountType { get; init; }

    public string? TimeZone { get; init; }

    public long UtcOffsetMilliseconds { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HubSpotPage))]
[JsonSerializable(typeof(HubSpotBatch))]
[JsonSerializable(typeof(HubSpotProperties))]
[JsonSerializable(typeof(HubSpotOwners))]
[JsonSerializable(typeof(HubSpotPipelines))]
[JsonSerializable(typeof(HubSpotToken))]
[JsonSerializable(typeof(HubSpotAccount))]
[JsonSerializable(typeof(HubSpotPosition))]
[JsonSerializable(typeof(HubSpotEntryPosition))]
[JsonSerializable(typeof(HubSpotListPage))]
[JsonSerializable(typeof(HubSpotListAnswer))]
[JsonSerializable(typeof(HubSpotMembers))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class HubSpotJson : JsonSerializerContext;
