using System.Globalization;
using System.Text.Json;

namespace Syncline.Sandbox.HeyReach.Hooks;

/// <summary>webhooks/*: made, listed, changed and taken away. Only the advertised event without a reply is refused by name.</summary>
internal sealed class HookCalls(Workspace workspace, HookBoard board, HeyReachBehaviour behaviour)
{
    private const int ShortestName = 3, LongestName = 25;

    /// <summary>All four fields are needed, an empty campaignIds too: HeyReach answers a missing array 400.</summary>
    public SandboxResponse Create(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        HookTerms terms = Read(body, before: null);
        if (body.Refusal() is { } refusal) return refusal;
        int id = board.Subscribe(terms).Id;
        return board.Trouble.CreateAnswer switch
        {
            CreatedHookAnswer.Id => Answers.Ok(writer => WriteId(writer, "id", id)),
            CreatedHookAnswer.WebhookId => Answers.Ok(writer => WriteId(writer, "webhookId", id)),
            _ => Answers.Done,
        };
    }

    public SandboxResponse GetAll(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        (int offset, int limit) = body.Page(100, behaviour.OverLimit);
        bool headers = body.Flag("includeCustomHeaders") ?? false;
        if (body.Refusal() is { } refusal) return refusal;
        return Answers.Ok(writer => writer.WritePage(board.Subscriptions.Count, board.Subscriptions.Skip(offset).Take(limit), (w, s) => Write(w, s, headers)));
    }

    public SandboxResponse GetById(SandboxRequest request) => OfOne(request, found => Answers.Ok(writer => Write(writer, found, headers: false)));

    /// <summary>What is null or left out stays.</summary>
    public SandboxResponse Update(SandboxRequest request) => OfOne(request, found =>
    {
        RequestBody body = RequestBody.Read(request);
        HookTerms terms = Read(body, found.Terms);
        if (body.Refusal() is { } refusal) return refusal;
        found.Terms = terms;
        return Answers.Done;
    });

    public SandboxResponse Delete(SandboxRequest request) => OfOne(request, found =>
    {
        board.Forget(found);
        return Answers.Done;
    });

    private SandboxResponse OfOne(SandboxRequest request, Func<Subscription, SandboxResponse> answer)
    {
        if (!long.TryParse(request.Parameter("webhookId"), CultureInfo.InvariantCulture, out long id)) return Answers.Invalid(request, "webhookId");
        return board.Find(id) is { } found ? answer(found) : Answers.Error(404, "Webhook not found.");
    }

    private HookTerms Read(RequestBody body, HookTerms? before)
    {
        HookTerms terms = new(
            Name(body, before?.Name), Url(body, before?.Url), EventType(body, before?.EventType), CampaignIds(body, before?.CampaignIds),
            body.Flag("isActive") ?? before?.IsActive ?? true);
        if (EventTypes.IsOfWorkspace(terms.EventType) && terms.CampaignIds.Count > 0) body.Forbid($"{terms.EventType} cannot be limited to campaigns.");
        return terms;
    }

    private static string Name(RequestBody body, string? before)
    {
        string name = body.Text("webhookName") ?? before ?? Missing(body, "webhookName");
        if (name.Length is < ShortestName or > LongestName)
        {
            body.Refuse("WebhookName", $"The field WebhookName must be a string with a minimum length of {ShortestName} and a maximum length of {LongestName}.");
        }
        return name;
    }

    private static string Url(RequestBody body, string? before)
    {
        string url = body.Text("webhookUrl") ?? before ?? Missing(body, "webhookUrl");
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http"))
        {
            body.Refuse("WebhookUrl", "The WebhookUrl field is not a valid fully-qualified http or https URL.");
        }
        return url;
    }

    private static string EventType(RequestBody body, string? before)
    {
        string type = body.Text("eventType") ?? before ?? Missing(body, "eventType");
        if (type == EventTypes.FinishedWithoutReply) body.Forbid($"The event type {type} is not supported.");
        else if (!EventTypes.IsAccepted(type)) body.Refuse("EventType", "The JSON value could not be converted.");
        return type;
    }

    private IReadOnlyList<int> CampaignIds(RequestBody body, IReadOnlyList<int>? before)
    {
        if (body.Find("campaignIds") is null or { ValueKind: JsonValueKind.Null })
        {
            if (before is null) body.Missing("campaignIds");
            return before ?? [];
        }
        IReadOnlyList<long> ids = body.Numbers("campaignIds");
        foreach (long id in ids.Where(id => workspace.FindCampaign(id) is null)) body.Forbid($"Campaign {id} does not exist.");
        return [.. ids.Select(workspace.FindCampaign).OfType<Campaign>().Select(c => c.Id)];
    }

    private static string Missing(RequestBody body, string name)
    {
        body.Missing(name);
        return "";
    }

    private static void WriteId(Utf8JsonWriter writer, string name, int id)
    {
        writer.WriteStartObject();
        writer.WriteNumber(name, id);
        writer.WriteEndObject();
    }

    // Headers are told on demand; the key and its form are not confirmed, and follow those of custom fields.
    private static void Write(Utf8JsonWriter writer, Subscription webhook, bool headers)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, webhook.Id);
        writer.WriteString("webhookName"u8, webhook.Terms.Name);
        writer.WriteString("webhookUrl"u8, webhook.Terms.Url);
        writer.WriteString("eventType"u8, webhook.Terms.EventType);
        writer.WriteNumbers("campaignIds", webhook.Terms.CampaignIds);
        writer.WriteBoolean("isActive"u8, webhook.Terms.IsActive);
        if (headers) WriteHeaders(writer, webhook);
        writer.WriteEndObject();
    }

    private static void WriteHeaders(Utf8JsonWriter writer, Subscription webhook)
    {
        writer.WriteStartArray("customHeaders"u8);
        foreach ((string name, string value) in webhook.Headers)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, name);
            writer.WriteString("value"u8, value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
