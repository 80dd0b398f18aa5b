using System.Globalization;
using System.Text.Json;
using Syncline.Mapping;

namespace Syncline.Leads;

/// <summary>The names that fields of one object may have, and other words for them.</summary>
internal sealed class LeadFieldNames
{
    private readonly Dictionary<string, string> _byFolded = [];

    public LeadFieldNames(params ReadOnlySpan<(string Name, string[] Others)> names)
    {
        foreach ((string name, string[] others) in names)
        {
            foreach (string word in others.Prepend(name)) _byFolded.Add(Fold(word), name);
        }
    }

    public string? Find(string written) => _byFolded.GetValueOrDefault(Fold(written));

    public string? Nearest(string written) => NearestName.Of(written, _byFolded.Values.Distinct());

    /// <summary>Every word that stands for a field, folded.</summary>
    public IEnumerable<string> All => _byFolded.Values.Distinct();

    private static string Fold(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}

/// <summary>The fields of one JSON object by their known names, and what is wrong with them.</summary>
internal sealed class LeadFields
{
    private readonly Dictionary<string, JsonElement> _fields = [];
    private readonly List<LeadProblem> _problems = [];

    public IReadOnlyList<LeadProblem> Problems => _problems;

    public static LeadFields Of(JsonElement element, LeadFieldNames names)
    {
        LeadFields fields = new();
        if (element.ValueKind != JsonValueKind.Object)
        {
            fields._problems.Add(new("", "Fields in braces are wanted here."));
            return fields;
        }
        foreach (JsonProperty property in element.EnumerateObject()) fields.Take(property, names);
        return fields;
    }

    /// <summary>A text; a number is taken as it is written, because ids are often numbers.</summary>
    public string? Text(string name) => Find(name) is not { } value ? null : TextOf(value) ?? Wrong<string?>(name, "A text is wanted here.");

    public int? Whole(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number
        : value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int written) ? written
        : Wrong<int?>(name, "A whole number is wanted here.");

    /// <summary>A time; one without a zone is in UTC.</summary>
    public DateTimeOffset? Time(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? LeadTime.Read(value.GetString()!) ?? (string.IsNullOrWhiteSpace(value.GetString()) ? null : Wrong<DateTimeOffset?>(name, LeadTime.Wanted))
        : Wrong<DateTimeOffset?>(name, LeadTime.Wanted);

    public IReadOnlyList<string> Texts(string name)
    {
        List<string> texts = [];
        foreach ((JsonElement item, string place) in ItemsOf(name))
        {
            if (TextOf(item) is { } text) texts.Add(text);
            else Wrong<string?>(place, "A text is wanted here.");
        }
        return texts;
    }

    public T? Object<T>(string name, LeadFieldNames names, Func<LeadFields, T> read)
        where T : class => Find(name) is { } value ? Inner(value, name, names, read) : null;

    public IReadOnlyList<T> List<T>(string name, LeadFieldNames names, Func<LeadFields, T> read)
        where T : class => [.. ItemsOf(name).Select(i => Inner(i.Item, i.Place, names, read))];

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private void Take(JsonProperty property, LeadFieldNames names)
    {
        if (names.Find(property.Name) is not { } name)
        {
            string hint = names.Nearest(property.Name) is { } nearest ? $"did you mean {nearest}?" : $"known are {string.Join(", ", names.All)}.";
            _problems.Add(new(property.Name, $"There is no such field: {hint}"));
        }
        else if (!_fields.TryAdd(name, property.Value))
        {
            _problems.Add(new(property.Name, $"{name} is given twice."));
        }
    }

    private JsonElement? Find(string name) => _fields.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private IEnumerable<(JsonElement Item, string Place)> ItemsOf(string name)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array) return value.EnumerateArray().Select((item, i) => (item, string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]")));
        Wrong<string?>(name, "A list in brackets is wanted here.");
        return [];
    }

    private T Inner<T>(JsonElement value, string place, LeadFieldNames names, Func<LeadFields, T> read)
    {
        LeadFields inner = Of(value, names);
        T made = read(inner);
        _problems.AddRange(inner.Problems.Select(p => p.Within(place)));
        return made;
    }

    private T? Wrong<T>(string place, string message)
    {
        _problems.Add(new(place, message));
        return default;
    }
}

/// <summary>Times as people and programs write them.</summary>
internal static class LeadTime
{
    public const string Wanted = "A time is wanted here, as 2026-03-31 or 2026-03-31T12:00:00Z.";

    /// <summary>A date, with or without a time, year first; without a zone it is in UTC. Null when it is no such text.</summary>
    public static DateTimeOffset? Read(string text)
    {
        string trimmed = text.Trim();
        bool isYearFirst = trimmed.Length >= 10 && trimmed[4] == '-' && trimmed.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0;
        return isYearFirst && DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;
    }
}
