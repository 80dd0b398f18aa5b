using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>A value that HubSpot is known not to take, told before it is sent.</summary>
internal sealed record HubSpotUnwritable(string Code, string Reason, string Field)
{
    /// <summary>The value is right and has no place in this portal.</summary>
    public bool IsByRule { get; init; }

    public WriteOutcome.Refused Outcome => new(Code, Reason) { OptionalField = Field, IsByRule = IsByRule };
}

/// <summary>The properties that an operation sends.</summary>
internal sealed class HubSpotBody(HubSpotDefinitions definitions, HubSpotTeam? team, HubSpotStages? stages)
{
    private const string Stage = "lifecyclestage";

    // The default stages, in their order; a portal's own are ordered by its own definition.
    private static readonly string[] Stages = ["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"];

    /// <summary>What of it cannot be written; null when nothing is known.</summary>
    public HubSpotUnwritable? Unwritable(Operation operation)
    {
        if (operation.Fields[HubSpotValues.Owner] is { } owner && team?.IdOf(owner.Items[0].Text) is null) return new("unknown_owner", $"No owner of the portal has the address {owner.Items[0].Text}. Invite that user, or map the owner.", HubSpotValues.Owner) { IsByRule = true };
        if (operation.Fields[HubSpotValues.Pipeline] is { } pipeline && stages is not null && stages.PipelineId(pipeline.Text) is null) return new("unknown_pipeline", $"There is no pipeline '{pipeline.Text}'.", HubSpotValues.Pipeline);
        if (operation.Fields[HubSpotValues.Stage] is { } stage && stages is not null && StageOf(operation, stage) is null) return new("unknown_stage", $"There is no stage '{stage.Text}' in the deal's pipeline, or there are several.", HubSpotValues.Stage);
        if (IsBackwards(operation)) return new("lifecycle_backwards", $"HubSpot moves a lifecycle stage forward only: '{operation.Before[Stage]}' stays, and '{operation.Fields[Stage]}' is not written. To set it back, empty the field in HubSpot first.", Stage);
        return operation.Fields.Where(f => f.Name is not (HubSpotValues.Owner or HubSpotValues.Pipeline or HubSpotValues.Stage)).Select(NoOption).FirstOrDefault(u => u is not null);
    }

    private HubSpotUnwritable? NoOption(Field field) => HubSpotValues.NoOption(definitions.Find(field.Name), field.Value) is { } text
        ? new("unknown_option", $"'{text}' is none of the options of {field.Name}. Add it there in HubSpot, or give the rule of {field.Name} a transform_out: options({text}=ONE_OF_THEM).", field.Name)
        : null;

    /// <summary>A new record's properties.</summary>
    public JsonObject Created(Operation operation)
    {
        JsonObject properties = [];
        foreach (Field field in operation.Fields.Where(f => HubSpotReader.IsProperty(f.Name))) properties[field.Name] = Text(operation, field, null);
        Named(operation, properties);
        return properties;
    }

    /// <summary>The properties that change; empty for an operation about associations alone.</summary>
    /// <param name="held">What the record's own properties hold, where the operation does not tell.</param>
    public JsonObject Changed(Operation operation, IReadOnlyDictionary<string, string?>? held)
    {
        JsonObject properties = [];
        foreach (string name in operation.Cleared.Where(HubSpotReader.IsProperty)) properties[name] = "";
        foreach (Field field in operation.Fields.Where(f => HubSpotReader.IsProperty(f.Name) && !operation.Cleared.Contains(f.Name)))
        {
            if (Text(operation, field, held) is { } text) properties[field.Name] = text;
        }
        return properties;
    }

    /// <summary>True where only the record itself tells which of several values is the one in the property.</summary>
    public static bool NeedsHeld(Operation operation) => operation.Fields.Any(f => HubSpotValues.MoreOf(f.Name) is not null && operation.Before[f.Name] is { Items.Length: > 1 });

    /// <summary>A new record is written whole even where only the full name is known.</summary>
    private static void Named(Operation operation, JsonObject properties)
    {
        if (operation.Fields[HubSpotMaps.FullName] is not { } whole || properties.ContainsKey("firstname") || properties.ContainsKey("lastname")) return;
        PersonName name = PersonName.Of(null, null, whole.Text);
        if (name.First is { } first) properties["firstname"] = first;
        if (name.Last is { } last) properties["lastname"] = last;
    }

    private string? Text(Operation operation, Field field, IReadOnlyDictionary<string, string?>? held) => field.Name switch
    {
        HubSpotValues.Owner => team?.IdOf(field.Value.Items[0].Text),
        HubSpotValues.Pipeline when stages is not null => stages.PipelineId(field.Value.Text),
        HubSpotValues.Stage when stages is not null => StageOf(operation, field.Value),
        _ when HubSpotValues.MoreOf(field.Name) is not null => First(operation, field, held),
        _ when definitions.Find(field.Name) is { IsMany: true } many && operation.Verb == Verb.Update && !operation.RemovesListValues => Added(many, field.Value, operation.Before[field.Name]),
        _ => HubSpotValues.Write(definitions.Find(field.Name), field.Value, operation.Before[field.Name]),
    };

    /// <summary>The address or the domain that the property itself is to hold; null where the one that is there is still wanted.</summary>
    private static string? First(Operation operation, Field field, IReadOnlyDictionary<string, string?>? held)
    {
        FieldValue? before = operation.Before[field.Name];
        string? now = held?.GetValueOrDefault(field.Name) ?? (before is { Items: [var only] } ? only.Text : null);
        if (now is not null && field.Value.Items.Any(i => i.Text.Equals(now, StringComparison.OrdinalIgnoreCase))) return null;
        return (field.Value.Items.FirstOrDefault(i => before?.Items.Contains(i) != true) ?? field.Value.Items[0]).Text;
    }

    // A leading semicolon adds to what is there: what somebody chose meanwhile stays.
    private static string? Added(HubSpotProperty property, FieldValue value, FieldValue? before)
    {
        string[] added = [.. value.Items.Where(i => before?.Items.Contains(i) != true).Select(i => HubSpotValues.Write(property, i)!)];
        return added.Length == 0 ? null : ";" + string.Join(';', added);
    }

    private string? StageOf(Operation operation, FieldValue stage)
    {
        FieldValue? pipeline = operation.Fields[HubSpotValues.Pipeline] ?? operation.Desired[HubSpotValues.Pipeline];
        return stages!.StageId(stage.Text, pipeline is null ? null : stages.PipelineId(pipeline.Text))?.Stage;
    }

    private bool IsBackwards(Operation operation)
    {
        if (operation.Before[Stage] is not { } before || operation.Fields[Stage] is not { } wanted) return false;
        return PlaceOf(before.Text) is { } from && PlaceOf(wanted.Text) is { } to && to < from;
    }

    private int? PlaceOf(string stage)
    {
        HubSpotOption? option = definitions.Find(Stage)?.Options.FirstOrDefault(o => stage.Equals(o.Value, StringComparison.OrdinalIgnoreCase) || stage.Equals(o.Label, StringComparison.OrdinalIgnoreCase));
        if (option is not null && definitions.Find(Stage)!.Options.DistinctBy(o => o.DisplayOrder).Count() > 1) return option.DisplayOrder;
        int place = Array.IndexOf(Stages, stage.ToLowerInvariant());
        return place < 0 ? null : place;
    }
}
