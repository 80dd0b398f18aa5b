namespace Syncline.Sandbox.HeyReach.Hooks;

/// <summary>What a webhook was made with.</summary>
/// <param name="CampaignIds">Empty for all campaigns.</param>
internal sealed record HookTerms(string Name, string Url, string EventType, IReadOnlyList<int> CampaignIds, bool IsActive);

/// <summary>A webhook. There may be several that are alike.</summary>
internal sealed class Subscription(int id, HookTerms terms)
{
    public int Id => id;

    public HookTerms Terms { get; set; } = terms;

    /// <summary>Sent with each hook. Names compare without case.</summary>
    public SortedDictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool Wants(HookEvent happened) =>
        Terms.IsActive && Terms.EventType == happened.Type && (Terms.CampaignIds.Count == 0 || (happened.Campaign is { } campaign && Terms.CampaignIds.Contains(campaign.Id)));
}
