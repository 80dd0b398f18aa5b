using System.Text.Json;

namespace Syncline.Sandbox.HeyReach;

/// <summary>A request's JSON, read leniently in the way ASP.NET Core reads it, gathering what is wrong on the way.</summary>
/// <remarks>Names compare without case and numbers may be quoted, as in the framework's web defaults; unknown keys are ignored.</remarks>
internal sealed class RequestBody
{
    private readonly SandboxRequest _request;
    private readonly JsonElement _json;
    private readonly SortedDictionary<string, List<string>> _errors;
    private string? _businessError;

    private RequestBody(SandboxRequest request, JsonElement json, SortedDictionary<string, List<string>> errors)
    {
        _request = request;
        _json = json;
        _errors = errors;
    }

    public static RequestBody Read(SandboxRequest request)
    {
        SortedDictionary<string, List<string>> errors = new(StringComparer.Ordinal);
        RequestBody body = new(request, Parse(request.Body), errors);
        if (request.Body.Length == 0) body.Refuse("", "A non-empty request body is required.");
        else if (body._json.ValueKind != JsonValueKind.Object) body.Refuse("$", "The JSON value could not be converted.");
        return body;
    }

    /// <summary>The answer to give when anything read was wrong, else null.</summary>
    public SandboxResponse? Refusal() =>
        _errors.Count > 0 ? Answers.Invalid(_errors, _request) : _businessError is null ? null : Answers.Error(400, _businessError);

    /// <summary>Adds a validation error.</summary>
    public void Refuse(string field, string reason)
    {
        if (!_errors.TryGetValue(field, out List<string>? reasons)) _errors[field] = reasons = [];
        reasons.Add(reason);
    }

    /// <summary>Adds a business rule's error; the first is the one answered.</summary>
    public void Forbid(string message) => _businessError ??= message;

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The value, null when the key is absent; of a repeated key the last.</summary>
    public JsonElement? Find(string name)
    {
        if (_json.ValueKind != JsonValueKind.Object) return null;
        JsonElement? found = null;
        foreach (JsonProperty property in _json.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) found = property.Value;
        }
        return found;
    }

    /// <summary>An object inside; an absent one reads as empty. What is wrong in it is refused with the whole.</summary>
    public RequestBody Part(string name)
    {
        JsonElement? part = Find(name);
        if (part is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) }) Mistyped(name);
        return new(_request, part ?? default, _errors);
    }

    public string? Text(string name)
    {
        JsonElement? value = Value(name);
        if (value is null or { ValueKind: JsonValueKind.String }) return value?.GetString();
        Mistyped(name);
        return null;
    }

    public long? Number(string name)
    {
        JsonElement? value = Value(name);
        if (value is null) return null;
        if (value is { ValueKind: JsonValueKind.Number } && value.Value.TryGetInt64(out long number)) return number;
        if (value is { ValueKind: JsonValueKind.String } && long.TryParse(value.Value.GetString(), out number)) return number;
        Mistyped(name);
        return null;
    }

    public bool? Flag(string name)
    {
        JsonElement? value = Value(name);
        if (value is null) return null;
        if (value is { ValueKind: JsonValueKind.True or JsonValueKind.False }) return value.Value.GetBoolean();
        Mistyped(name);
        return null;
    }

    /// <summary>ISO-8601; a time without an offset is UTC.</summary>
    public DateTimeOffset? Time(string name)
    {
        JsonElement? value = Value(name);
        if (value is null) return null;
        if (value is { ValueKind: JsonValueKind.String } && value.Value.TryGetDateTime(out DateTime time))
        {
            return new DateTimeOffset(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime());
        }
        Mistyped(name);
        return null;
    }

    public IReadOnlyList<long> Numbers(string name)
    {
        List<long> numbers = [];
        foreach (JsonElement item in Items(name))
        {
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long number)) numbers.Add(number);
            else Mistyped(name);
        }
        return numbers;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        List<string> texts = [];
        foreach (JsonElement item in Items(name))
        {
            if (item.ValueKind == JsonValueKind.String) texts.Add(item.GetString()!);
            else Mistyped(name);
        }
        return texts;
    }

    public IEnumerable<JsonElement> Items(string name)
    {
        JsonElement? value = Value(name);
        if (value is null) return [];
        if (value.Value.ValueKind == JsonValueKind.Array) return value.Value.EnumerateArray();
        Mistyped(name);
        return [];
    }

    /// <summary>A required text that may not be empty.</summary>
    public string Required(string name)
    {
        string? text = Text(name);
        if (string.IsNullOrEmpty(text)) Missing(name);
        return text ?? "";
    }

    public long RequiredNumber(string name)
    {
        if (Value(name) is null) Missing(name);
        return Number(name) ?? 0;
    }

    public void Missing(string name) => Refuse(Pascal(name), $"The {Pascal(name)} field is required.");

    /// <summary><c>{offset, limit}</c>; an absent limit is 10.</summary>
    public (int Offset, int Limit) Page(int maximum, OverLimit over)
    {
        long offset = Number("offset") ?? 0;
        if (offset is < 0 or > int.MaxValue) Refuse("Offset", "The field Offset must be zero or more.");
        return ((int)Math.Clamp(offset, 0, int.MaxValue), Limit(maximum, over));
    }

    public int Limit(int maximum, OverLimit over)
    {
        long limit = Number("limit") ?? 10;
        bool clamped = limit > maximum && over == OverLimit.Clamp;
        if (limit < 1 || (limit > maximum && !clamped)) Refuse("Limit", $"The field Limit must be between 1 and {maximum}.");
        return (int)Math.Clamp(limit, 1, maximum);
    }

    private JsonElement? Value(string name) => Find(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;

    private void Mistyped(string name) => Refuse(Pascal(name), "The JSON value could not be converted.");

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static JsonElement Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
