using System.Globalization;

namespace Syncline.Sandbox.HeyReach;

/// <summary>li_account/*: the workspace's own LinkedIn accounts.</summary>
internal sealed class SenderCalls(Workspace workspace, HeyReachBehaviour behaviour)
{
    public SandboxResponse GetAll(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        (int offset, int limit) = body.Page(100, behaviour.OverLimit);
        string keyword = body.Text("keyword") ?? "";
        if (body.Refusal() is { } refusal) return refusal;
        List<HeyReachSender> found = workspace.Senders.FindAll(s => Text(s).Contains(keyword, StringComparison.OrdinalIgnoreCase));
        return Answers.Ok(writer => writer.WritePage(found.Count, found.Skip(offset).Take(limit), (w, s) => SenderJson.WriteRow(w, s, ActiveCampaigns(s))));
    }

    public SandboxResponse GetById(SandboxRequest request)
    {
        if (!long.TryParse(request.Parameter("accountId"), CultureInfo.InvariantCulture, out long id)) return Answers.Invalid(request, "accountId");
        if (workspace.FindSender(id) is not { } sender) return Answers.Error(404, "LinkedIn account not found.");
        return Answers.Ok(writer => SenderJson.WriteRow(writer, sender, ActiveCampaigns(sender)));
    }

    private int ActiveCampaigns(HeyReachSender sender) => workspace.Campaigns.Count(c => c.Status == "IN_PROGRESS" && c.SenderIds.Contains(sender.Id));

    private static string Text(HeyReachSender sender) => $"{sender.FirstName} {sender.LastName} {sender.EmailAddress}";
}
