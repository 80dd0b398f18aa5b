using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Types;

/// <summary>The ten parts in the order of <see cref="LocationType.Parts"/>.</summary>
internal sealed record HeldLocation(IReadOnlyList<string?> Parts)
{
    public bool Equals(HeldLocation? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(0, (hash, part) => HashCode.Combine(hash, part));
}

internal sealed class LocationType : AttributeType
{
    private const Operators Allowed = Operators.Eq | Operators.Searched;

    public static IReadOnlyList<string> Parts { get; } =
        ["line_1", "line_2", "line_3", "line_4", "locality", "region", "postcode", "country_code", "latitude", "longitude"];

    public override string Name => "location";

    // Latitude and longitude cannot be filtered by.
    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        Field("locality", Allowed), Field("region", Allowed), Field("postcode", Allowed),
        Field("line_1", Allowed), Field("line_2", Allowed), Field("line_3", Allowed), Field("line_4", Allowed),
        Field("country_code", Operators.Eq | Operators.StartsWith),
    ];

    public override object Key(object payload) => payload;

    public override string Text(object payload) => string.Join(", ", ((HeldLocation)payload).Parts.Take(8).Where(p => !string.IsNullOrEmpty(p)));

    public override object Parse(JsonNode element, Slot slot, bool inArray) => element switch
    {
        JsonObject written => new HeldLocation([.. Parts.Select(part => Part(written, part, slot))]),
        _ => Split(element.Text() ?? throw slot.Refuse($"Expected string, received {JsonReading.KindOf(element)}.", "invalid_type")),
    };

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot)
    {
        HeldLocation location = (HeldLocation)payload;
        for (int i = 0; i < Parts.Count; i++) writer.WriteString(Parts[i], location.Parts[i]);
    }

    private static FilterField Field(string name, Operators allowed)
    {
        int index = Parts.ToList().IndexOf(name);
        return new(name, allowed, p => ((HeldLocation)p).Parts[index]);
    }

    private static string? Part(JsonObject written, string name, Slot slot)
    {
        if (!written.TryGetPropertyValue(name, out JsonNode? node)) throw slot.Refuse($"Required key \"{name}\" is missing.", "invalid_type");
        return node is null ? null : node.Text() ?? throw slot.Refuse($"Expected string at \"{name}\".", "invalid_type");
    }

    // The service's parser is its own secret: town, region and a two-letter country by their commas is as much as a caller may rely on.
    private static HeldLocation Split(string text)
    {
        string[] pieces = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string? country = pieces.Length > 1 && pieces[^1].Length == 2 ? pieces[^1].ToUpperInvariant() : null;
        string[] places = country is null ? pieces : pieces[..^1];
        return new([null, null, null, null, places.FirstOrDefault(), places.ElementAtOrDefault(1), null, country, null, null]);
    }
}
