namespace Syncline.Sandbox.HeyReach;

/// <summary>Finds the lead a request names.</summary>
internal static class LeadFinding
{
    /// <summary>By the first of the given identifiers that is not empty; all empty is a validation error.</summary>
    public static Lead? Lead(this RequestBody body, LeadBook leads, string urlKey, string? idKey = null, string? emailKey = null)
    {
        string? id = idKey is null ? null : body.Text(idKey), url = body.Text(urlKey), email = emailKey is null ? null : body.Text(emailKey);
        if (!string.IsNullOrEmpty(id)) return leads.FindByLinkedInId(id);
        if (!string.IsNullOrEmpty(url)) return leads.FindByProfileUrl(url);
        if (!string.IsNullOrEmpty(email)) return leads.FindByEmail(email);
        body.Missing(urlKey);
        return null;
    }
}
