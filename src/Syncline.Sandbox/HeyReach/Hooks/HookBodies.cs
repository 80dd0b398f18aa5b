using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.HeyReach.Hooks;

/// <summary>What hooks say: snake_case but for the flat form of auto tags.</summary>
internal sealed class HookBodies(HeyReachHookTrouble trouble)
{
    public const string CorrelationId = "correlation_id";

    private const int SliceOf = 3;

    /// <summary>A correlation_id is put in when the hook goes out.</summary>
    public JsonObject Of(HookEvent happened) =>
        trouble.FlatAutoTags && happened.Type.StartsWith(EventTypes.AutoTagged, StringComparison.Ordinal) ? Flat(happened) : Envelope(happened);

    private JsonObject Envelope(HookEvent happened)
    {
        JsonObject body = [];
        Name(body, "event_type", happened.Type);
        body["timestamp"] = Seconds(happened.At);
        if (trouble.Correlation != CorrelationReach.None) body[CorrelationId] = null;
        body["is_inmail"] = happened.IsInMail;
        body["conversation_id"] = happened.ConversationId;
        if (happened.Campaign is not null || trouble.NoCampaign == NoCampaignForm.Null) body["campaign"] = Of(happened.Campaign);
        body["sender"] = Of(happened.Sender);
        body["lead"] = Of(happened.Lead);
        body["recent_messages"] = JsonText.Array(Recent(happened).Select(Of));
        return body;
    }

    private JsonObject Flat(HookEvent happened)
    {
        JsonObject body = [];
        Name(body, "eventType", happened.Type);
        body["timestamp"] = Seconds(happened.At);
        body["campaignId"] = happened.Campaign?.Id;
        body["campaignName"] = happened.Campaign?.Name;
        body["linkedInAccountId"] = happened.Sender?.Id;
        body["leadProfileUrl"] = happened.Lead?.ProfileUrl;
        body["leadFirstName"] = happened.Lead?.FirstName;
        body["leadLastName"] = happened.Lead?.LastName;
        body["leadEmailAddress"] = happened.Lead?.EmailAddress;
        return body;
    }

    private void Name(JsonObject body, string key, string type)
    {
        if (trouble.EventType != HookEventType.Missing) body[key] = trouble.EventType == HookEventType.Lower ? type.ToLowerInvariant() : type;
    }

    private IEnumerable<HeyReachMessage> Recent(HookEvent happened)
    {
        IEnumerable<HeyReachMessage> shown = (trouble.RecentMessages, happened.Trigger) switch
        {
            (RecentMessages.Trigger, { } trigger) => [trigger],
            (RecentMessages.Slice, _) => happened.Thread.TakeLast(SliceOf),
            _ => happened.Thread,
        };
        return trouble.NewestFirst ? shown.Reverse() : shown;
    }

    private JsonObject Of(HeyReachMessage message) => new()
    {
        ["creation_time"] = trouble.WholeSeconds ? Seconds(message.CreatedAt) : JsonWriting.Text(message.CreatedAt),
        ["message"] = message.Body,
        ["is_reply"] = message.Sender == HeyReachSide.Correspondent,
    };

    private static JsonObject? Of(Campaign? campaign) => campaign is null ? null : new() { ["id"] = campaign.Id, ["name"] = campaign.Name };

    private static JsonObject? Of(HeyReachSender? sender) => sender is null ? null : new()
    {
        ["id"] = sender.Id,
        ["first_name"] = sender.FirstName,
        ["last_name"] = sender.LastName,
        ["full_name"] = $"{sender.FirstName} {sender.LastName}".Trim(),
        ["profile_url"] = sender.ProfileUrl,
    };

    private static JsonObject? Of(Lead? lead) => lead is null ? null : new()
    {
        ["id"] = lead.LinkedInId,
        ["profile_url"] = lead.ProfileUrl,
        ["first_name"] = lead.FirstName,
        ["last_name"] = lead.LastName,
        ["full_name"] = lead.FullName,
        ["company_name"] = lead.CompanyName,
        ["company_url"] = lead.CompanyUrl,
        ["position"] = lead.Position,
        ["location"] = lead.Location,
        ["email_address"] = lead.EmailAddress,
        ["tags"] = JsonText.Array(lead.Tags),
    };

    private static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
