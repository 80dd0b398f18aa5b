using System.Text.Json.Serialization;

namespace Syncline.Connectors.Attio;

/// <summary>What most answers are wrapped in.</summary>
internal sealed record AttioData<T>(T Data);

/// <summary>The parts of a composite id; those that do not apply are null.</summary>
internal sealed record AttioId
{
    public string? ObjectId { get; init; }

    public string? AttributeId { get; init; }

    public string? ListId { get; init; }
}

internal sealed record AttioObject(AttioId Id, string ApiSlug);

internal sealed record AttioList(AttioId Id, string ApiSlug, string Name)
{
    /// <summary>Slugs of the objects whose records may be entries; one in practice.</summary>
    public IReadOnlyList<string> ParentObject { get; init; } = [];
}

/// <summary>The attribute at the other end of a two-way reference.</summary>
internal sealed record AttioRelationship
{
    public string? ObjectSlug { get; init; }

    public string? ApiSlug { get; init; }
}

/// <summary>One attribute of an object or a list.</summary>
internal sealed record AttioAttribute(string ApiSlug, string Type)
{
    public AttioId? Id { get; init; }

    public bool IsWritable { get; init; } = true;

    public bool IsRequired { get; init; }

    public bool IsUnique { get; init; }

    public bool IsMultiselect { get; init; }

    public bool IsArchived { get; init; }

    public AttioRelationship? Relationship { get; init; }

    /// <summary>Titles a select or status takes; null when they were not asked for.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? Titles { get; init; }
}

internal sealed record AttioOption(string Title)
{
    public bool IsArchived { get; init; }
}

/// <summary>What <c>GET /v2/self</c> says about the key; not wrapped.</summary>
internal sealed record AttioSelf
{
    public bool Active { get; init; }

    /// <summary>Space separated.</summary>
    public string? Scope { get; init; }

    public string? WorkspaceName { get; init; }
}

/// <summary>The body of every refusal. Codes are more than any document lists, so they stay text.</summary>
internal sealed record AttioErrorBody
{
    public string? Code { get; init; }

    public string? Message { get; init; }

    public IReadOnlyList<AttioValidationError>? ValidationErrors { get; init; }
}

/// <summary>One cause of a validation refusal. <c>received</c> is left out on purpose: it repeats what was sent.</summary>
internal sealed record AttioValidationError
{
    public IReadOnlyList<System.Text.Json.JsonElement>? Path { get; init; }

    public string? Message { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(AttioData<List<AttioObject>>), TypeInfoPropertyName = "Objects")]
[JsonSerializable(typeof(AttioData<List<AttioList>>), TypeInfoPropertyName = "Lists")]
[JsonSerializable(typeof(AttioData<List<AttioAttribute>>), TypeInfoPropertyName = "Attributes")]
[JsonSerializable(typeof(AttioData<List<AttioOption>>), TypeInfoPropertyName = "OptionTitles")]
[JsonSerializable(typeof(AttioSelf))]
[JsonSerializable(typeof(AttioErrorBody))]
[JsonSerializable(typeof(AttioPosition))]
internal sealed partial class AttioJson : JsonSerializerContext;
