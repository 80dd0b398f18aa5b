using System.Text.Json;
using System.Text.Json.Serialization;

namespace Syncline.Connectors.Quo;

/// <summary>A single answer's wrapper, on both surfaces.</summary>
internal sealed record QuoData<T>(T Data);

/// <summary>A page of v1. <c>totalItems</c> is left out on purpose: Quo documents it as wrong.</summary>
internal sealed record QuoPage(IReadOnlyList<QuoContact> Data)
{
    /// <summary>Null on the last page, and only there.</summary>
    public string? NextPageToken { get; init; }
}

/// <summary>A contact of v1, whole.</summary>
internal sealed record QuoContact(string Id)
{
    public string? ExternalId { get; init; }

    public string? Source { get; init; }

    public string? SourceUrl { get; init; }

    public QuoDefaultFields DefaultFields { get => field ?? new(); init; } = new();

    public IReadOnlyList<QuoCustomField> CustomFields { get => field ?? []; init; } = [];

    public string? UpdatedAt { get; init; }

    /// <summary>This contact with the single values that the dated surface has just told of it.</summary>
    public QuoContact With(QuoFlatContact said) => this with
    {
        ExternalId = said.ExternalId,
        Source = said.Source,
        SourceUrl = said.SourceUrl,
        UpdatedAt = said.UpdatedAt ?? UpdatedAt,
        DefaultFields = DefaultFields with { FirstName = said.FirstName, LastName = said.LastName, Company = said.Company, Role = said.Role },
    };
}

internal sealed record QuoDefaultFields
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Company { get; init; }

    public string? Role { get; init; }

    public IReadOnlyList<QuoItem> Emails { get => field ?? []; init; } = [];

    public IReadOnlyList<QuoItem> PhoneNumbers { get => field ?? []; init; } = [];
}

/// <summary>One e-mail address or phone number of a contact.</summary>
internal sealed record QuoItem
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Value { get; init; }
}

/// <summary>One custom field of a contact; <see cref="Value"/> is a text, a number, a flag, an array of texts or null.</summary>
internal sealed record QuoCustomField
{
    public string? Id { get; init; }

    public string? Key { get; init; }

    public string? Type { get; init; }

    public JsonElement Value { get; init; }
}

/// <summary>A custom field as the workspace defines it.</summary>
/// <param name="Type"><c>address</c>, <c>boolean</c>, <c>date</c>, <c>multi-select</c>, <c>number</c>, <c>string</c> or <c>url</c>.</param>
internal sealed record QuoFieldDefinition(string Key, string Type)
{
    public string? Name { get; init; }
}

/// <summary>A page of the dated surface.</summary>
internal sealed record QuoFlatPage(IReadOnlyList<QuoFlatContact> Data)
{
    public string? NextCursor { get; init; }
}

/// <summary>A contact of the dated surface: no phone number, no e-mail address, no custom field.</summary>
internal sealed record QuoFlatContact(string Id)
{
    public string? ExternalId { get; init; }

    public string? Source { get; init; }

    public string? SourceUrl { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Company { get; init; }

    public string? Role { get; init; }

    public string? UpdatedAt { get; init; }
}

/// <summary>Every shape a refusal has been seen in: the documented one of both surfaces, and the one wrapped in <c>error</c>.</summary>
internal sealed record QuoErrorBody
{
    public string? Code { get; init; }

    public string? Key { get; init; }

    public string? Title { get; init; }

    public string? Message { get; init; }

    public IReadOnlyList<QuoErrorDetail>? Errors { get; init; }

    public QuoErrorBody? Error { get; init; }
}

/// <summary>One cause. Its <c>value</c> is left out on purpose: it repeats what was sent.</summary>
internal sealed record QuoErrorDetail
{
    public string? Path { get; init; }

    public string? Message { get; init; }
}

/// <summary>Where a reading stands: the page it is on, and what of that page was handed on already.</summary>
internal sealed record QuoPosition
{
    /// <summary>Null on the first page.</summary>
    public string? Token { get; init; }

    public IReadOnlyList<string> Taken { get => field ?? []; init; } = [];

    /// <summary>True once everything was read: the next reading begins anew, because changes cannot be asked for.</summary>
    public bool IsDone { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(QuoPage))]
[JsonSerializable(typeof(QuoFlatPage))]
[JsonSerializable(typeof(QuoData<QuoContact>), TypeInfoPropertyName = "Contact")]
[JsonSerializable(typeof(QuoData<QuoFlatContact>), TypeInfoPropertyName = "FlatContact")]
[JsonSerializable(typeof(QuoData<List<QuoFieldDefinition>>), TypeInfoPropertyName = "FieldDefinitions")]
[JsonSerializable(typeof(QuoErrorBody))]
[JsonSerializable(typeof(QuoPosition))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class QuoJson : JsonSerializerContext;
