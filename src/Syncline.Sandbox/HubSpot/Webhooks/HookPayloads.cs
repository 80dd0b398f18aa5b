using System.Globalization;
using System.Text.Json;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Webhooks;

/// <summary>Events as JSON.</summary>
internal sealed class HookPayloads(HubSpotPortal portal, HubSpotHookTrouble trouble)
{
    /// <summary>The array that goes out.</summary>
    public string Body(IEnumerable<HookEvent> events, int attempt) => Answers.Json(writer =>
    {
        writer.WriteStartArray();
        foreach (HookEvent one in events) Write(writer, one, attempt);
        writer.WriteEndArray();
    });

    private void Write(Utf8JsonWriter writer, HookEvent one, int attempt)
    {
        writer.WriteStartObject();
        writer.WriteNumber("eventId", trouble.NewEventIds ? one.EventId + (attempt * 1_000_003L) : one.EventId);
        writer.WriteNumber("subscriptionId", one.Subscription.Id);
        writer.WriteNumber("portalId", portal.Options.PortalId);
        writer.WriteNumber("appId", portal.Options.AppId);
        writer.WriteNumber("occurredAt", one.OccurredMs);
        writer.WriteString("subscriptionType", one.Type);
        writer.WriteNumber("attemptNumber", attempt);
        WriteWhat(writer, one.Happened);
        writer.WriteString("changeSource", one.Happened.Source.Type);
        if (one.Happened.Source.Id is { } source) writer.WriteString("sourceId", source);
        if (one.Subscription.IsGeneric) WriteGeneric(writer, one.Happened);
        writer.WriteEndObject();
    }

    private void WriteWhat(Utf8JsonWriter writer, PortalEvent happened)
    {
        if (happened.Verb == Verb.AssociationChange)
        {
            WriteAssociation(writer, happened);
            return;
        }
        writer.WriteNumber("objectId", happened.MergedAs is { } survivor && trouble.MergesNameNewId ? survivor.Id : happened.Record.Id);
        if (happened.Verb is Verb.Creation or Verb.Deletion) writer.WriteString("changeFlag", happened.Verb == Verb.Creation ? "CREATED" : "DELETED");
        if (happened.Verb == Verb.PropertyChange) WriteProperty(writer, happened);
        if (happened.Verb == Verb.Merge) WriteMerge(writer, happened);
    }

    private void WriteProperty(Utf8JsonWriter writer, PortalEvent happened)
    {
        writer.WriteString("propertyName", happened.Property!.Name);
        bool isNumber = happened.Property.IsTime && !trouble.DatesAsText && WireTime.Read(happened.Value!) is not null;
        writer.WriteString("propertyValue", isNumber ? WireTime.Read(happened.Value!)!.Value.ToString(CultureInfo.InvariantCulture) : happened.Value);
    }

    private static void WriteMerge(Utf8JsonWriter writer, PortalEvent happened)
    {
        writer.WriteNumber("primaryObjectId", happened.Record.Id);
        writer.WriteArray("mergedObjectIds", (long[])[happened.MergedAway!.Id], static (w, id) => w.WriteNumberValue(id));
        writer.WriteNumber("newObjectId", happened.MergedAs!.Id);
        writer.WriteNumber("numberOfPropertiesMoved", happened.MovedProperties);
    }

    private static void WriteAssociation(Utf8JsonWriter writer, PortalEvent happened)
    {
        AssociationType type = happened.Association!;
        writer.WriteString("associationType", $"{type.From.Singular}_TO_{type.To.Singular}".ToUpperInvariant());
        writer.WriteNumber("fromObjectId", happened.Record.Id);
        writer.WriteNumber("toObjectId", happened.Other!.Id);
        writer.WriteBoolean("associationRemoved", happened.IsRemoved);
        writer.WriteBoolean("isPrimaryAssociation", type.IsPrimary);
    }

    private static void WriteGeneric(Utf8JsonWriter writer, PortalEvent happened)
    {
        writer.WriteString("objectTypeId", happened.Record.Type.Id);
        writer.WriteBoolean("isSensitive", false);
        if (happened.Association is not { } type) return;
        writer.WriteString("fromObjectTypeId", type.From.Id);
        writer.WriteString("toObjectTypeId", type.To.Id);
        writer.WriteNumber("associationTypeId", type.Id);
        writer.WriteString("associationCategory", type.Category);
    }
}
