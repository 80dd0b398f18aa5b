using System.Text.Json.Nodes;
using Syncline.Composition.Configuration;
using Syncline.Composition.Mappings;
using Syncline.Composition.Telling;
using Syncline.Mapping;

namespace Syncline.Server.Mappings;

/// <summary>A rule as it is written under <c>maps</c>; what is null is left to the shipped one. <c>to: none</c> takes the field out of the map.</summary>
internal sealed record RuleRequest(string? To, string? Transform, string? TransformIn, string? TransformOut, string? Policy, string? Direction, bool? Required)
{
    public RuleText ToText() => new() { To = To, Transform = Transform, TransformIn = TransformIn, TransformOut = TransformOut, Policy = Policy, Direction = Direction, Required = Required };
}

/// <param name="Rule">Null tries the shipped one.</param>
internal sealed record PreviewRequest(string Connection, string Kind, string Field, RuleRequest? Rule);

/// <summary>One stream's map.</summary>
internal sealed record MappingView(string Connection, string Provider, string Kind, string Stream, IReadOnlyList<MappingFieldView> Fields)
{
    public static MappingView Of(ConnectionMaps connection, MapSheet sheet) =>
        new(connection.Name, connection.Provider, sheet.Map.Kind.Name, sheet.Map.Stream, [.. sheet.Lines.Select(MappingFieldView.Of)]);
}

/// <summary>One rule of a map.</summary>
/// <param name="Field">The canonical field.</param>
/// <param name="Remote">Null for a field that is not mapped, as are the four after it.</param>
/// <param name="Direction">both, in or out.</param>
/// <param name="Policy">people-win, hub-wins, fill-only, latest or manual.</param>
/// <param name="Origin">shipped, file or environment.</param>
internal sealed record MappingFieldView(string Field, string? Remote, string? Direction, string? TransformIn, string? TransformOut, string? Policy, bool Required, string Origin)
{
    public static MappingFieldView Of(MapLine line) => line.Rule is { } rule
        ? new(line.Canonical, rule.Remote, Word(rule.Direction), rule.Inward?.Name, rule.Outward?.Name, Word(rule.Policy), rule.IsRequired, Word(line.Origin))
        : new(line.Canonical, null, null, null, null, null, false, Word(line.Origin));

    public static string Word(MapDirection direction) => Keys.Directions[(int)direction];

    public static string Word(FieldPolicy policy) => Keys.Policies[(int)policy];

    private static string Word(RuleOrigin origin) => origin.ToString().ToLowerInvariant();
}

/// <summary>A rule tried on real records of one stream.</summary>
/// <param name="Missing">Remote fields of the rule that the destination has no place for, with the reason.</param>
internal sealed record PreviewView(string Stream, IReadOnlyList<PreviewRecordView> Records, IReadOnlyList<string> Missing)
{
    public static PreviewView Of(RulePreview preview) => new(preview.Stream, [.. preview.Rows.Select(PreviewRecordView.Of)], preview.Missing);
}

/// <param name="Record"><c>person/42</c>.</param>
/// <param name="Place">The remote record: connection/stream/id.</param>
/// <param name="ComesInOtherwise">The canonical value would be another one.</param>
/// <param name="GoesOutOtherwise">Another value would be sent, or to another remote field.</param>
internal sealed record PreviewRecordView(string Record, string Name, string Place, EffectView Before, EffectView After, bool ComesInOtherwise, bool GoesOutOtherwise)
{
    public static PreviewRecordView Of(PreviewRow row) =>
        new(row.Golden.Reference.Text, RecordName.Of(row.Golden.Fields), row.Place.ToString(), EffectView.Of(row.Before), EffectView.Of(row.After), row.ComesInOtherwise, row.GoesOutOtherwise);
}

/// <param name="Inward">Null where values do not come in, or the record could not be read.</param>
internal sealed record EffectView(InwardView? Inward, IReadOnlyList<OutwardView> Outward)
{
    public static EffectView Of(RuleEffect effect) => new(
        effect.Inward is { } inward ? new(RunJson.Of(inward.Read), RunJson.Of(inward.Gives), inward.Refused) : null,
        [.. effect.Outward.Select(o => new OutwardView(o.Remote, RunJson.Of(o.Sends), RunJson.Of(o.Holds), o.IsWritten, o.IsRefused))]);
}

/// <param name="Read">The remote values, by remote field.</param>
/// <param name="Gives">The canonical value.</param>
/// <param name="Refused">Remote fields whose value the transform cannot take.</param>
internal sealed record InwardView(JsonObject Read, JsonNode? Gives, IReadOnlyList<string> Refused);

/// <param name="Sends">The value the record is to have there.</param>
/// <param name="Holds">The value it has there.</param>
/// <param name="Written">The next run would write it.</param>
/// <param name="Refused">The transform cannot take the golden value.</param>
internal sealed record OutwardView(string Remote, JsonNode? Sends, JsonNode? Holds, bool Written, bool Refused);
