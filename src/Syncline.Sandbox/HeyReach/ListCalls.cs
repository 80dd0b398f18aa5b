using System.Text.Json;

namespace Syncline.Sandbox.HeyReach;

/// <summary>list/GetAll and list/GetLeadsFromList.</summary>
internal sealed class ListCalls(Workspace workspace, HeyReachBehaviour behaviour)
{
    public SandboxResponse GetAll(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        (int offset, int limit) = body.Page(100, behaviour.OverLimit);
        string keyword = body.Text("keyword") ?? "";
        string type = body.Text("listType") ?? "USER_LIST";
        HashSet<long> campaigns = [.. body.Numbers("campaignIds")];
        if (body.Refusal() is { } refusal) return refusal;
        List<LeadList> found = type != "USER_LIST" ? [] : workspace.Lists.FindAll(l =>
            l.Name.Contains(keyword, StringComparison.OrdinalIgnoreCase) && (campaigns.Count == 0 || l.CampaignIds.Exists(c => campaigns.Contains(c))));
        return Answers.Ok(writer => writer.WritePage(found.Count, found.Skip(offset).Take(limit), Write));
    }

    /// <summary>Up to 1000 rows a page. The time a lead came into the list is that of the list here.</summary>
    public SandboxResponse GetLeads(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        long id = body.RequiredNumber("listId");
        (int offset, int limit) = body.Page(1000, behaviour.OverLimit);
        string? keyword = body.Text("keyword"), url = body.Text("leadProfileUrl"), linkedInId = body.Text("leadLinkedInId");
        DateTimeOffset? from = body.Time("createdFrom"), to = body.Time("createdTo");
        if (body.Refusal() is { } refusal) return refusal;
        if (workspace.Lists.Find(l => l.Id == id) is not { } list) return Answers.Error(404, "List not found.");
        IEnumerable<Lead> leads = list.CreatedAt < from || list.CreatedAt > to ? [] : list.Leads;
        if (!string.IsNullOrEmpty(keyword)) leads = leads.Where(l => l.FullName.Contains(keyword, StringComparison.OrdinalIgnoreCase));
        if (!string.IsNullOrEmpty(linkedInId)) leads = leads.Where(l => l.LinkedInId == linkedInId);
        if (!string.IsNullOrEmpty(url)) leads = OnlyOne(leads, workspace.Leads.FindByProfileUrl(url));
        List<Lead> found = leads as List<Lead> ?? [.. leads];
        return Answers.Ok(writer => writer.WritePage(found.Count, found.Skip(offset).Take(limit), LeadJson.WriteRow));
    }

    private static IEnumerable<Lead> OnlyOne(IEnumerable<Lead> leads, Lead? one) => leads.Where(l => l == one);

    private static void Write(Utf8JsonWriter writer, LeadList list)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, list.Id);
        writer.WriteString("name"u8, list.Name);
        writer.WriteNumber("totalItemsCount"u8, list.Leads.Count);
        writer.WriteString("listType"u8, "USER_LIST");
        writer.WriteTime("creationTime", list.CreatedAt);
        writer.WriteNumbers("campaignIds", list.CampaignIds);
        writer.WriteEndObject();
    }
}
