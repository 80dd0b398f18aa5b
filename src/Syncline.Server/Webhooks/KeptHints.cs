using System.Text.Json;
using System.Text.Json.Serialization;
using Syncline.Connectors;
using Syncline.Extraction;

namespace Syncline.Server.Webhooks;

/// <summary>What was found in a delivery, as it is kept beside its body.</summary>
/// <param name="Events">The provider's names of them.</param>
/// <param name="AgainSeconds">The hints are worth a second reading that long after the first; null when they are not, or had it.</param>
internal sealed record KeptHints(IReadOnlyList<KeptHint> Hints, IReadOnlyList<string> Events, double? AgainSeconds)
{
    public static KeptHints Of(Delivery delivery) =>
        new([.. delivery.Hints.Select(h => new KeptHint(h.Key.Stream, h.Key.Id, h.IsDeletion, h.MergedInto, h.At))], delivery.Events, delivery.AgainAfter?.TotalSeconds);

    public static KeptHints Read(string json) => JsonSerializer.Deserialize(json, KeptHintsJson.Default.KeptHints) ?? new([], [], null);

    public string ToJson() => JsonSerializer.Serialize(this, KeptHintsJson.Default.KeptHints);

    public IReadOnlyList<Hint> For(string connection) => [.. Hints.Select(h => new Hint(new(connection, h.Stream, h.Id)) { IsDeletion = h.Deleted, MergedInto = h.Merged, At = h.At })];
}

/// <summary>A hint without its connection, which is the delivery's.</summary>
/// <param name="Merged">The record it was merged into.</param>
internal sealed record KeptHint(string Stream, string Id, bool Deleted, string? Merged, DateTimeOffset? At);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(KeptHints))]
internal sealed partial class KeptHintsJson : JsonSerializerContext;
