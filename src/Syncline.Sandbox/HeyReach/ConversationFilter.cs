namespace Syncline.Sandbox.HeyReach;

/// <summary>The <c>filters</c> object of the inbox reads.</summary>
internal sealed class ConversationFilter
{
    private static readonly string[] V2Keys = ["linkedInAccountIds", "campaignIds", "searchString", "leadLinkedInId", "leadProfileUrl", "tags", "seen"];
    private static readonly string[] V3Keys = [.. V2Keys, "latestAutoTagNames"];

    private HashSet<long> _accounts = [];
    private HashSet<long> _campaigns = [];
    private HashSet<string> _tags = [];
    private HashSet<string> _autoTags = [];
    private string? _search;
    private bool _oneLead;
    private Lead? _lead;
    private bool? _seen;

    public bool AdmitsAll { get; private set; }

    /// <summary>Reads the filters of a V2 or V3 request; what is wrong is left in the body.</summary>
    public static ConversationFilter Read(RequestBody body, Workspace workspace, bool v3, bool strict)
    {
        RequestBody filters = body.Part("filters");
        if (strict) RequireAll(filters, v3 ? V3Keys : V2Keys);
        ConversationFilter filter = new()
        {
            _accounts = [.. filters.Numbers("linkedInAccountIds")],
            _campaigns = [.. filters.Numbers("campaignIds")],
            _tags = new(filters.Texts("tags"), StringComparer.OrdinalIgnoreCase),
            _autoTags = v3 ? new(filters.Texts("latestAutoTagNames"), StringComparer.OrdinalIgnoreCase) : [],
            _search = filters.Text("searchString")?.Trim(),
            _seen = filters.Flag("seen"),
        };
        filter.ReadLead(body, filters, workspace);
        if (filter._tags.FirstOrDefault(t => !workspace.Tags.ContainsKey(t)) is { } unknown) body.Forbid($"Tag '{unknown}' does not exist.");
        filter.AdmitsAll = filter.IsEmpty();
        return filter;
    }

    public bool Admits(Conversation conversation) =>
        AdmitsAll
        || ((_accounts.Count == 0 || _accounts.Contains(conversation.Sender.Id))
            && (_campaigns.Count == 0 || (conversation.CampaignId is { } campaign && _campaigns.Contains(campaign)))
            && (_seen is null || conversation.Read == _seen)
            && (!_oneLead || conversation.Lead == _lead)
            && (_tags.Count == 0 || conversation.Lead.Tags.Any(_tags.Contains))
            && (_autoTags.Count == 0 || (conversation.Lead.AutoTags.LastOrDefault() is { } latest && _autoTags.Contains(latest.Name)))
            && (string.IsNullOrEmpty(_search) || Mentions(conversation, _search)));

    private static void RequireAll(RequestBody filters, string[] keys)
    {
        foreach (string key in keys.Where(k => !filters.Has(k))) filters.Missing(key);
    }

    // An unknown profile URL is refused; of an unknown id nothing is reported, it finds nobody here.
    private void ReadLead(RequestBody body, RequestBody filters, Workspace workspace)
    {
        string? id = filters.Text("leadLinkedInId"), url = filters.Text("leadProfileUrl");
        bool byId = !string.IsNullOrEmpty(id), byUrl = !string.IsNullOrEmpty(url);
        _oneLead = byId || byUrl;
        _lead = byUrl ? workspace.Leads.FindByProfileUrl(url) : workspace.Leads.FindByLinkedInId(id);
        if (byId && byUrl) body.Forbid("LeadLinkedInId and LeadProfileUrl cannot be used together.");
        else if (byUrl && _lead is null) body.Forbid("Lead with the given profile url was not found.");
    }

    private bool IsEmpty() =>
        _accounts.Count == 0 && _campaigns.Count == 0 && _tags.Count == 0 && _autoTags.Count == 0 && string.IsNullOrEmpty(_search) && !_oneLead && _seen is null;

    private static bool Mentions(Conversation conversation, string text) =>
        conversation.Lead.FullName.Contains(text, StringComparison.OrdinalIgnoreCase)
        || conversation.Messages.Any(m => m.Body.Contains(text, StringComparison.OrdinalIgnoreCase));
}
