using System.Text.Json;
using System.Text.Json.Serialization;
using Syncline.Syncs;

namespace Syncline.Storage.Json;

/// <summary>What is kept as JSON and is not on the hot path.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunTally))]
[JsonSerializable(typeof(RunPosition))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    public static string Write(RunTally tally) => JsonSerializer.Serialize(tally, Default.RunTally);

    public static string Write(RunPosition position) => JsonSerializer.Serialize(position, Default.RunPosition);

    public static RunPosition ReadPosition(string text) => JsonSerializer.Deserialize(text, Default.RunPosition)!;

    public static string Write(IReadOnlyList<string> names) => JsonSerializer.Serialize(names, Default.IReadOnlyListString);

    public static RunTally ReadTally(string text)
    {
        // A tally of an earlier version has no enrichers; the serializer then leaves nothing in their place.
        RunTally tally = JsonSerializer.Deserialize(text, Default.RunTally)!;
        return tally with { Calls = tally.Calls.WithComparers(StringComparer.Ordinal), Enriched = (tally.Enriched ?? Syncs.RunTally.Empty.Enriched).WithComparers(StringComparer.Ordinal) };
    }

    public static IReadOnlyList<string> ReadNames(string text) => JsonSerializer.Deserialize(text, Default.IReadOnlyListString)!;
}
