using System.Globalization;

namespace Syncline.Sandbox.HeyReach;

/// <summary>The reads of campaign/*.</summary>
internal sealed class CampaignCalls(Workspace workspace, HeyReachBehaviour behaviour)
{
    private static readonly string[] Statuses = ["DRAFT", "IN_PROGRESS", "PAUSED", "FINISHED", "CANCELED", "FAILED", "STARTING", "SCHEDULED"];
    private static readonly string[] TimeFilters = ["CreationTime", "LastActionTakenTime", "FailedTime", "LastActionTakenOrFailedTime", "Everywhere"];

    /// <summary>A missing accountIds has been answered with a validation 400: the strict knob asks for both arrays.</summary>
    public SandboxResponse GetAll(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        (int offset, int limit) = body.Page(100, behaviour.OverLimit);
        string keyword = body.Text("keyword") ?? "";
        if (behaviour.StrictFilters && !body.Has("statuses")) body.Missing("statuses");
        if (behaviour.StrictFilters && !body.Has("accountIds")) body.Missing("accountIds");
        HashSet<string> statuses = [.. body.Texts("statuses")];
        HashSet<long> accounts = [.. body.Numbers("accountIds")];
        if (!statuses.IsSubsetOf(Statuses)) body.Refuse("Statuses", "The JSON value could not be converted.");
        if (body.Refusal() is { } refusal) return refusal;
        List<Campaign> found = workspace.Campaigns.FindAll(c =>
            c.Name.Contains(keyword, StringComparison.OrdinalIgnoreCase)
            && (statuses.Count == 0 || statuses.Contains(c.Status))
            && (accounts.Count == 0 || c.SenderIds.Any(id => accounts.Contains(id))));
        return Answers.Ok(writer => writer.WritePage(found.Count, found.Skip(offset).Take(limit), (w, c) => CampaignJson.Write(w, c, ListName(c))));
    }

    public SandboxResponse GetById(SandboxRequest request)
    {
        if (!long.TryParse(request.Parameter("campaignId"), CultureInfo.InvariantCulture, out long id)) return Answers.Invalid(request, "campaignId");
        if (workspace.FindCampaign(id) is not { } campaign) return Answers.Error(404, "Campaign not found.");
        return Answers.Ok(writer => CampaignJson.Write(writer, campaign, ListName(campaign)));
    }

    /// <summary>Under timeFilter Everywhere, the default, timeFrom and timeTo do nothing.</summary>
    public SandboxResponse GetLeads(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        long id = body.RequiredNumber("campaignId");
        (int offset, int limit) = body.Page(100, behaviour.OverLimit);
        DateTimeOffset? from = body.Time("timeFrom"), to = body.Time("timeTo");
        string filter = body.Text("timeFilter") ?? "Everywhere";
        if (!TimeFilters.Contains(filter)) body.Refuse("TimeFilter", "The JSON value could not be converted.");
        if (body.Refusal() is { } refusal) return refusal;
        if (workspace.FindCampaign(id) is not { } campaign) return Answers.Error(404, "Campaign not found.");
        List<CampaignLead> found = filter == "Everywhere" ? campaign.Leads : campaign.Leads.FindAll(l => Within(TimeOf(l, filter), from, to));
        return Answers.Ok(writer => writer.WritePage(found.Count, found.Skip(offset).Take(limit), CampaignJson.WriteLead));
    }

    public SandboxResponse GetForLead(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        Lead? lead = body.Lead(workspace.Leads, "profileUrl", "linkedinId", "email");
        (int offset, int limit) = body.Page(100, behaviour.OverLimit);
        if (body.Refusal() is { } refusal) return refusal;
        if (lead is null) return Answers.Error(behaviour.UnknownLeadStatus, "Lead not found.");
        return Answers.Ok(writer => CampaignJson.WriteOfLead(writer, lead, lead.Campaigns.Skip(offset).Take(limit)));
    }

    private string? ListName(Campaign campaign) => workspace.Lists.Find(l => l.Id == campaign.ListId)?.Name;

    // Nobody fails in the sandbox, so that FailedTime finds nobody.
    private static DateTimeOffset? TimeOf(CampaignLead lead, string filter) => filter switch
    {
        "CreationTime" => lead.CreatedAt,
        "FailedTime" => null,
        _ => lead.LastActionAt,
    };

    private static bool Within(DateTimeOffset? time, DateTimeOffset? from, DateTimeOffset? to) => time is { } known && !(known < from) && !(known > to);
}
