using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Syncline.Connectors.HeyReach;

/// <summary>A conversation as <c>GetConversationsV2</c>, <c>GetConversationsV3</c> and <c>GetChatroom</c> show it. No key is certain to be there.</summary>
internal sealed record WireConversation
{
    [JsonConverter(typeof(LenientText))] public string? Id { get; init; }

    [JsonConverter(typeof(LenientFlag))] public bool? GroupChat { get; init; }

    [JsonConverter(typeof(LenientText))] public string? LastMessageAt { get; init; }

    [JsonConverter(typeof(LenientText))] public string? LastMessageType { get; init; }

    [JsonConverter(typeof(LenientNumber))] public long? TotalMessages { get; init; }

    [JsonConverter(typeof(LenientNumber))] public long? CampaignId { get; init; }

    [JsonConverter(typeof(LenientNumber))] public long? LinkedInAccountId { get; init; }

    public WireProfile? CorrespondentProfile { get; init; }

    public WireSender? LinkedInAccount { get; init; }

    public IReadOnlyList<WireMessage?>? Messages { get; init; }

    [JsonConverter(typeof(LenientNames))] public IReadOnlyList<string> Tags { get => field ?? []; init; }

    [JsonConverter(typeof(LenientNames))] public IReadOnlyList<string> AutoTags { get => field ?? []; init; }

    /// <summary>Our sender's account; null when neither place names it.</summary>
    [JsonIgnore] public long? SenderId => LinkedInAccountId ?? LinkedInAccount?.Id;

    /// <summary>When the newest message was sent; null when nothing says so.</summary>
    [JsonIgnore] public DateTimeOffset? LastAt => WireTime.Parse(LastMessageAt) ?? Sent.Select(m => WireTime.Parse(m.CreatedAt)).Max();

    [JsonIgnore] public IEnumerable<WireMessage> Sent => (Messages ?? []).OfType<WireMessage>();

    [JsonIgnore] public int Total => (int)(TotalMessages ?? Sent.Count());
}

/// <summary>The lead on the other side of a conversation.</summary>
internal sealed record WireProfile
{
    [JsonPropertyName("linkedin_id"), JsonConverter(typeof(LenientText))] public string? LinkedInId { get; init; }

    [JsonConverter(typeof(LenientText))] public string? ProfileUrl { get; init; }

    [JsonConverter(typeof(LenientText))] public string? FirstName { get; init; }

    [JsonConverter(typeof(LenientText))] public string? LastName { get; init; }

    [JsonConverter(typeof(LenientText))] public string? Headline { get; init; }

    [JsonConverter(typeof(LenientText))] public string? Position { get; init; }

    [JsonConverter(typeof(LenientText))] public string? CompanyName { get; init; }

    [JsonConverter(typeof(LenientText))] public string? CompanyUrl { get; init; }

    [JsonConverter(typeof(LenientText))] public string? Location { get; init; }

    [JsonConverter(typeof(LenientText))] public string? About { get; init; }

    [JsonConverter(typeof(LenientText))] public string? EmailAddress { get; init; }

    [JsonConverter(typeof(LenientText))] public string? EnrichedEmailAddress { get; init; }

    [JsonConverter(typeof(LenientText))] public string? CustomEmailAddress { get; init; }

    [JsonConverter(typeof(LenientNames))] public IReadOnlyList<string> Tags { get => field ?? []; init; }
}

/// <summary>One of our own LinkedIn accounts.</summary>
internal sealed record WireSender
{
    [JsonConverter(typeof(LenientNumber))] public long? Id { get; init; }

    [JsonConverter(typeof(LenientText))] public string? EmailAddress { get; init; }

    [JsonConverter(typeof(LenientText))] public string? FirstName { get; init; }

    [JsonConverter(typeof(LenientText))] public string? LastName { get; init; }

    /// <summary>False when LinkedIn has signed the account out, so that nothing new of its inbox arrives.</summary>
    [JsonConverter(typeof(LenientFlag))] public bool? AuthIsValid { get; init; }
}

/// <summary>One message. HeyReach gives messages no id.</summary>
internal sealed record WireMessage
{
    [JsonConverter(typeof(LenientText))] public string? CreatedAt { get; init; }

    [JsonConverter(typeof(LenientText))] public string? Body { get; init; }

    [JsonConverter(typeof(LenientText))] public string? Subject { get; init; }

    [JsonConverter(typeof(LenientFlag))] public bool? IsInMail { get; init; }

    [JsonConverter(typeof(LenientText))] public string? Sender { get; init; }

    /// <summary>Ours when the sender says <c>ME</c>, in whatever case; anything else, none included, is the lead's.</summary>
    [JsonIgnore] public bool IsOurs => string.Equals(Sender, "ME", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A page of any listing. Items stay raw, so that one which cannot be read does not take the others with it.</summary>
internal sealed record WireItems
{
    public IReadOnlyList<JsonElement>? Items { get; init; }

    [JsonConverter(typeof(LenientNumber))] public long? TotalCount { get; init; }

    [JsonConverter(typeof(LenientText))] public string? NextCursor { get; init; }

    [JsonConverter(typeof(LenientFlag))] public bool? HasNextPage { get; init; }
}

internal sealed record WireCampaign
{
    [JsonConverter(typeof(LenientNumber))] public long? Id { get; init; }

    [JsonConverter(typeof(LenientText))] public string? Name { get; init; }
}

internal sealed record WireLeadCampaign
{
    [JsonConverter(typeof(LenientNumber))] public long? CampaignId { get; init; }

    [JsonConverter(typeof(LenientText))] public string? CampaignName { get; init; }
}

/// <summary>The inbox listings' filters. Every key is sent each time: some accounts are said to be refused a partial object.</summary>
internal sealed record WireFilters
{
    public IReadOnlyList<long> LinkedInAccountIds { get; init; } = [];

    public IReadOnlyList<long> CampaignIds { get; init; } = [];

    public string SearchString { get; init; } = "";

    public string? LeadLinkedInId { get; init; }

    public string? LeadProfileUrl { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool? Seen { get; init; }

    /// <summary>Known to the V3 listing only; null leaves the key out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<string>? LatestAutoTagNames { get; init; }
}

internal sealed record WireV3Request(WireFilters Filters, int Limit)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Cursor { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? From { get; init; }
}

internal sealed record WireV2Request(WireFilters Filters, int Offset, int Limit);

/// <summary>The statuses and accounts are sent empty: leaving them out has been refused.</summary>
internal sealed record WireCampaignsRequest(int Offset, int Limit, IReadOnlyList<string> Statuses, IReadOnlyList<long> AccountIds);

internal sealed record WireSendersRequest(int Offset, int Limit);

internal sealed record WireLeadRequest(int Offset, int Limit)
{
    [JsonPropertyName("linkedinId"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? LinkedInId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? ProfileUrl { get; init; }
}

/// <summary>Both error shapes in one: a business rule's <c>errorMessage</c> or <c>detail</c>, and ASP.NET's validation problem.</summary>
internal sealed record WireError
{
    [JsonConverter(typeof(LenientText))] public string? ErrorMessage { get; init; }

    [JsonConverter(typeof(LenientText))] public string? Detail { get; init; }

    [JsonConverter(typeof(LenientText))] public string? Title { get; init; }

    public JsonElement? Errors { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WireItems))]
[JsonSerializable(typeof(WireConversation))]
[JsonSerializable(typeof(WireSender))]
[JsonSerializable(typeof(WireCampaign))]
[JsonSerializable(typeof(WireLeadCampaign))]
[JsonSerializable(typeof(WireError))]
[JsonSerializable(typeof(WireV3Request))]
[JsonSerializable(typeof(WireV2Request))]
[JsonSerializable(typeof(WireCampaignsRequest))]
[JsonSerializable(typeof(WireSendersRequest))]
[JsonSerializable(typeof(WireLeadRequest))]
internal sealed partial class HeyReachWire : JsonSerializerContext;

/// <summary>HeyReach's times: UTC, with 0 to 7 fraction digits, so never compared as text.</summary>
internal static class WireTime
{
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
