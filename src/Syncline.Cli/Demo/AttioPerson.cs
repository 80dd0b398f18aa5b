using System.Globalization;
using Syncline.Mapping;
using Syncline.Sandbox.Attio;

namespace Syncline.Cli.Demo;

/// <summary>What stands in one person's record at Attio at one moment, as a person reads it.</summary>
internal static class AttioPerson
{
    public const string Messages = "linkedin_messages";

    /// <summary>The attributes that a sync writes, in the order of the map, and the messages.</summary>
    public static IReadOnlyList<string> AttributesOf(FieldMap map) => [.. map.Rules.Select(r => AttributeOf(r.Remote)).Append(Messages).Distinct()];

    /// <summary><c>name</c> of <c>name.first_name</c>.</summary>
    public static string AttributeOf(string remote) => remote.Split('.')[0];

    /// <summary>Text by attribute; what is empty is left out.</summary>
    public static IReadOnlyDictionary<string, string> Read(AttioRecordView? record, IReadOnlyList<string> attributes)
    {
        Dictionary<string, string> texts = [];
        if (record is null) return texts;
        foreach (string attribute in attributes.Intersect(record.Filled)) texts[attribute] = TextOf(attribute, record.Texts(attribute));
        return texts;
    }

    private static string TextOf(string attribute, IReadOnlyList<string> values) => attribute switch
    {
        Messages => values.Count == 1 ? "1 message" : string.Create(CultureInfo.InvariantCulture, $"{values.Count} messages"),
        _ when attribute.EndsWith("_at", StringComparison.Ordinal) => string.Join(", ", values.Select(Time)),
        _ => string.Join(", ", values),
    };

    private static string Time(string text) => ParseTime(text).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Attio answers nine digits of a second, .NET reads seven.</summary>
    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.Parse(text.Length > 28 ? text[..27] + "Z" : text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
