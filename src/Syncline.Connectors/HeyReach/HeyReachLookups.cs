using Syncline.Records;

namespace Syncline.Connectors.HeyReach;

/// <summary>What the inbox leaves out and other endpoints know, each asked for at most once a run. A look-up that fails leaves a gap and ends nothing.</summary>
internal sealed class HeyReachLookups(HeyReachApi api, bool looksUpCampaigns)
{
    // Leads come in the order of their last message: one who is in several inboxes is mostly met again soon.
    private const int MostLeadsKept = 5_000;

    private readonly Dictionary<string, IReadOnlyList<HeyReachCampaign>> _campaignsOf = new(StringComparer.Ordinal);
    private Dictionary<long, string?>? _campaignNames;
    private Dictionary<long, WireSender>? _senders;
    private bool _isDown;

    /// <summary>How many look-ups were left open because the provider is out of reach. One that is refused is an answer: there is nothing to be had.</summary>
    public int Gaps { get; private set; }

    /// <summary>Our account behind a conversation: as listed, with the e-mail address looked up where the listing has none.</summary>
    public async Task<WireSender?> SenderOfAsync(WireConversation conversation, CancellationToken cancellationToken)
    {
        if (conversation.LinkedInAccount is { EmailAddress.Length: > 0 } listed) return listed;
        if (conversation.SenderId is not { } id) return conversation.LinkedInAccount;
        _senders ??= await TryAsync(() => SendersAsync(cancellationToken));
        return _senders?.GetValueOrDefault(id) ?? conversation.LinkedInAccount;
    }

    /// <summary>The campaign the listing names; else, when look-ups are on, all campaigns the lead is in, since none can be told apart as the one.</summary>
    public async Task<IReadOnlyList<HeyReachCampaign>> CampaignsOfAsync(WireConversation conversation, string person, CancellationToken cancellationToken)
    {
        if (conversation.CampaignId is { } id and > 0)
        {
            _campaignNames ??= await TryAsync(() => CampaignNamesAsync(cancellationToken));
            return [new(id, _campaignNames?.GetValueOrDefault(id))];
        }
        return looksUpCampaigns ? await CampaignsOfLeadAsync(conversation.CorrespondentProfile!, person, cancellationToken) : [];
    }

    private async Task<IReadOnlyList<HeyReachCampaign>> CampaignsOfLeadAsync(WireProfile lead, string person, CancellationToken cancellationToken)
    {
        if (_campaignsOf.TryGetValue(person, out IReadOnlyList<HeyReachCampaign>? known)) return known;
        if (await TryAsync(() => AskCampaignsOfAsync(lead, cancellationToken)) is not { } found) return [];
        if (_campaignsOf.Count >= MostLeadsKept) _campaignsOf.Clear();
        return _campaignsOf[person] = found;
    }

    private async Task<List<HeyReachCampaign>> AskCampaignsOfAsync(WireProfile lead, CancellationToken cancellationToken)
    {
        List<HeyReachCampaign> found = [];
        await foreach (WireLeadCampaign campaign in api.ListCampaignsOfAsync(lead, cancellationToken))
        {
            if (campaign.CampaignId is { } id and > 0) found.Add(new(id, campaign.CampaignName));
        }
        return found;
    }

    private async Task<Dictionary<long, string?>> CampaignNamesAsync(CancellationToken cancellationToken)
    {
        Dictionary<long, string?> names = [];
        await foreach (WireCampaign campaign in api.ListCampaignsAsync(cancellationToken))
        {
            if (campaign.Id is { } id) names[id] = campaign.Name;
        }
        return names;
    }

    private async Task<Dictionary<long, WireSender>> SendersAsync(CancellationToken cancellationToken)
    {
        Dictionary<long, WireSender> senders = [];
        await foreach (WireSender sender in api.ListSendersAsync(cancellationToken))
        {
            if (sender.Id is { } id) senders[id] = sender;
        }
        return senders;
    }

    private async Task<T?> TryAsync<T>(Func<Task<T>> ask) where T : class, new()
    {
        try
        {
            if (!_isDown) return await ask();
        }
        catch (ProviderException failure)
        {
            if (failure.Recovery != Recovery.RetryLater) return new();
            // It was retried for half a minute: the next hundred would take an hour and bring nothing either.
            _isDown = true;
        }
        Gaps++;
        return null;
    }
}
