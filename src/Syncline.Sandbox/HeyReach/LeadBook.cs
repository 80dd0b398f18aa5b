namespace Syncline.Sandbox.HeyReach;

/// <summary>All leads, found by linkedin_id, profile slug or e-mail.</summary>
internal sealed class LeadBook
{
    private readonly List<Lead> _all = [];
    private readonly Dictionary<string, Lead> _byLinkedInId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Lead> _bySlug = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Lead> _byEmail = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Lead> All => _all;

    public void Add(Lead lead)
    {
        _all.Add(lead);
        if (lead.LinkedInId is not null) _byLinkedInId[lead.LinkedInId] = lead;
        if (Slug(lead.ProfileUrl) is { } slug) _bySlug[slug] = lead;
        if (lead.EmailAddress is not null) _byEmail[lead.EmailAddress] = lead;
    }

    public Lead? FindByLinkedInId(string? id) => id is null ? null : _byLinkedInId.GetValueOrDefault(id.Trim());

    public Lead? FindByProfileUrl(string? url) => url is not null && Slug(url) is { } slug ? _bySlug.GetValueOrDefault(slug) : null;

    public Lead? FindByEmail(string? email) => email is null ? null : _byEmail.GetValueOrDefault(email.Trim());

    public void ChangeProfileUrl(Lead lead, string url)
    {
        if (Slug(lead.ProfileUrl) is { } before) _bySlug.Remove(before);
        lead.ProfileUrl = url;
        if (Slug(url) is { } now) _bySlug[now] = lead;
    }

    // Lower case, decoded, without query and trailing slash. /pub/ links are not accepted by HeyReach.
    private static string? Slug(string url)
    {
        int start = url.IndexOf("/in/", StringComparison.OrdinalIgnoreCase);
        if (start < 0) return null;
        string rest = url[(start + 4)..].Split('?', '#')[0].TrimEnd('/');
        return rest.Length == 0 ? null : Uri.UnescapeDataString(rest).ToLowerInvariant();
    }
}
