using System.Text.Json;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>Reads the properties of a write against the catalogue: unknown, read-only and wrong values refuse the whole record.</summary>
internal sealed class DraftReader(HubSpotPortal portal)
{
    private readonly ValueRules _rules = new(portal);

    /// <param name="existing">Null for a record to be made.</param>
    public Draft Read(CrmTable table, JsonElement properties, CrmRecord? existing, bool isNewest)
    {
        List<DraftValue> values = new(8);
        List<ValueFault> faults = [];
        List<Normalisation>? normalised = null;
        if (properties.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty sent in properties.EnumerateObject())
            {
                if (Writable(table, sent.Name, faults) is not { } property) continue;
                string raw = sent.Value.Text() ?? (sent.Value.IsMissing() ? "" : throw Refuse.Invalid($"Invalid input JSON: {sent.Name} is no text"));
                Reading read = _rules.Read(table.Type, property, raw, existing?[property], isNewest);
                if (read.Fault is not null) faults.Add(read.Fault);
                else values.Add(new(property, read.Value));
                if (read.IsNormalised) (normalised ??= []).Add(new(property.Name, raw, read.Value));
            }
        }
        portal.Pipelines.CheckStage(table.Type, values, existing, faults);
        if (faults.Count > 0) throw NotValid(faults);
        KeepStageForward(table, values, existing);
        return new(values) { Normalisations = normalised ?? (IReadOnlyList<Normalisation>)[] };
    }

    public static HubSpotRefusalException NotValid(IReadOnlyList<ValueFault> faults) => Refuse.Invalid(
        $"Property values were not valid: {JsonText(faults)}",
        [.. faults.Select(f => new ErrorDetail(f.Message, f.Code) { Context = Refuse.Naming("propertyName", f.Property) })]);

    private static string JsonText(IReadOnlyList<ValueFault> faults) => Answers.Json(writer =>
    {
        writer.WriteStartArray();
        foreach (ValueFault fault in faults)
        {
            writer.WriteStartObject();
            writer.WriteBoolean("isValid", false);
            writer.WriteString("message", fault.Message);
            writer.WriteString("error", fault.Code);
            writer.WriteString("name", fault.Property);
            writer.WriteString("localizedErrorMessage", fault.Message);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    private Property? Writable(CrmTable table, string name, List<ValueFault> faults)
    {
        Property? property = table.Catalogue.Live(name, portal.NowMs);
        bool isWritable = property is { IsReadOnly: false } && (property != table.AdditionalEmails || portal.Behaviour.AdditionalEmailsWritable);
        if (property is null) faults.Add(new(name, "PROPERTY_DOESNT_EXIST", $"Property \"{name}\" does not exist"));
        else if (!isWritable) faults.Add(new(name, "READ_ONLY_VALUE", $"\"{name}\" is a read only property; its value cannot be set."));
        return isWritable ? property : null;
    }

    /// <summary>Lifecycle stages move forward alone, unless they were cleared first.</summary>
    private void KeepStageForward(CrmTable table, List<DraftValue> values, CrmRecord? existing)
    {
        int at = existing is null ? -1 : values.FindIndex(v => v.Property.Name == "lifecyclestage" && v.Value.Length > 0);
        if (at < 0 || existing![values[at].Property] is not { } current) return;
        if (Rank(values[at]) >= Rank(values[at] with { Value = current })) return;
        if (portal.Behaviour.BackwardStages == BackwardStage.Refuse) throw NotValid([new("lifecyclestage", "INVALID_OPTION", $"The lifecycle stage cannot move back from {current} to {values[at].Value}")]);
        values.RemoveAt(at);
    }

    private static int Rank(DraftValue stage) => stage.Property.Options.Select((o, i) => (o.Value, i)).FirstOrDefault(o => o.Value == stage.Value).i;
}
