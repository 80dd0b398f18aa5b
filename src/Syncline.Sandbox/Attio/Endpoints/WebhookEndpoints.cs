using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Webhooks;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Endpoints;

/// <summary>Webhooks: made, listed, taken away. The secret is in the answer that made one, and in no other.</summary>
internal sealed class WebhookEndpoints(AttioWorkspace workspace)
{
    private const string Webhooks = "/v2/webhooks";

    public IEnumerable<Route> Routes() =>
    [
        new("GET", Webhooks, Load.Read, _ => Scopes.Webhooks, List),
        new("POST", Webhooks, Load.Write, _ => Scopes.WebhooksWrite, Create),
        new("GET", $"{Webhooks}/{{webhook}}", Load.Read, _ => Scopes.Webhooks, call => One(Find(call), tellsSecret: false)),
        new("DELETE", $"{Webhooks}/{{webhook}}", Load.Write, _ => Scopes.WebhooksWrite, Delete),
    ];

    private Answer List(Call call)
    {
        int limit = call.Number("limit", 10, 10, 100), offset = call.Number("offset", 0, 0, int.MaxValue);
        return Answer.DataArray(workspace.Hooks.Subscriptions.Skip(offset).Take(limit), (writer, one) => Write(writer, one, tellsSecret: false));
    }

    private Answer Create(Call call)
    {
        JsonObject data = call.Data();
        string url = data.NeedText("target_url");
        bool fits = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && (address.Scheme == "https" || (workspace.Hooks.Trouble.PlainHttp && address is { Scheme: "http", IsLoopback: true }));
        if (!fits) throw Refuse.Body("The target_url must be https.", "string", url, "data", "target_url");
        if (data["subscriptions"] is not JsonArray { Count: > 0 } wanted) throw Refuse.Body("Required", "array", JsonReading.KindOf(data, "subscriptions"), "data", "subscriptions");
        Topic[] topics = [.. wanted.Select((one, at) => TopicOf(one as JsonObject ?? [], at))];
        RefuseRepeated(url, topics);
        return One(workspace.Hooks.Subscribe(url, topics), tellsSecret: true);
    }

    private void RefuseRepeated(string url, Topic[] topics)
    {
        IEnumerable<string> known = workspace.Hooks.Subscriptions.Where(s => s.Url == url).SelectMany(s => s.Topics).Select(t => t.Normal);
        string[] all = [.. known, .. topics.Select(t => t.Normal)];
        if (all.Length != all.Distinct(StringComparer.Ordinal).Count()) throw new AttioRefusalException(409, "invalid_request_error", "uniqueness_conflict", "A webhook with this target_url, event_type and filter exists already.");
    }

    private static Topic TopicOf(JsonObject one, int at)
    {
        if (one["event_type"].Text() is not { } type) throw Refuse.Body("Required", "string", JsonReading.KindOf(one, "event_type"), "data", "subscriptions", $"{at}", "event_type");
        if (!one.ContainsKey("filter")) throw Refuse.Body("Required", "object", "undefined", "data", "subscriptions", $"{at}", "filter");
        return new(type, one["filter"]?.DeepClone());
    }

    private Answer Delete(Call call)
    {
        workspace.Hooks.Forget(Find(call));
        return Answer.Empty;
    }

    private Subscription Find(Call call) =>
        workspace.Hooks.Subscriptions.Find(s => s.Id == WireId.Read(call[0])) ?? throw Refuse.NotFound($"Webhook with ID \"{call[0]}\" not found.");

    private Answer One(Subscription subscription, bool tellsSecret) => Answer.Data(writer => Write(writer, subscription, tellsSecret));

    private void Write(Utf8JsonWriter writer, Subscription subscription, bool tellsSecret)
    {
        writer.WriteStartObject();
        writer.WriteString("target_url", subscription.Url);
        writer.WriteStartArray("subscriptions");
        foreach (Topic topic in subscription.Topics)
        {
            writer.WriteStartObject();
            writer.WriteString("event_type", topic.EventType);
            writer.WritePropertyName("filter");
            if (topic.Filter is { } filter) filter.WriteTo(writer);
            else writer.WriteNullValue();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteId(workspace.Id, ("webhook_id", subscription.Id));
        writer.WriteString("status", "active");
        writer.WriteTime("created_at", subscription.CreatedAt);
        if (tellsSecret) writer.WriteString("secret", subscription.Secret);
        writer.WriteEndObject();
    }
}
