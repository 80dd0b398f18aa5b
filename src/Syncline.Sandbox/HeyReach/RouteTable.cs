using Syncline.Sandbox.HeyReach.Hooks;

namespace Syncline.Sandbox.HeyReach;

/// <summary>Which call answers which path. Paths compare without case, as ASP.NET Core's routing does.</summary>
internal sealed class RouteTable
{
    public const string Base = "/api/public/";

    private const string Chatroom = "inbox/GetChatroom/";

    private readonly Dictionary<string, (string Method, Func<SandboxRequest, SandboxResponse> Answer)> _routes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<SandboxRequest, string, SandboxResponse> _chatroom;

    public RouteTable(InboxReads reads, InboxWrites writes, CampaignCalls campaigns, ListCalls lists, LeadCalls leads, SenderCalls senders, HookCalls hooks)
    {
        _chatroom = reads.Chatroom;
        _routes["auth/CheckApiKey"] = ("GET", static _ => Answers.Done);
        _routes["campaign/GetById"] = ("GET", campaigns.GetById);
        _routes["li_account/GetById"] = ("GET", senders.GetById);
        Post("inbox/GetConversationsV3", reads.V3);
        Post("inbox/GetConversationsV2", reads.V2);
        Post("inbox/SendMessage", writes.Send);
        Post("inbox/SetSeenStatus", writes.SetSeen);
        Post("campaign/GetAll", campaigns.GetAll);
        Post("campaign/GetLeadsFromCampaign", campaigns.GetLeads);
        Post("campaign/GetCampaignsForLead", campaigns.GetForLead);
        Post("list/GetAll", lists.GetAll);
        Post("list/GetLeadsFromList", lists.GetLeads);
        Post("lead/GetLead", leads.GetLead);
        Post("lead/GetTags", leads.GetTags);
        Post("lead/AddTags", leads.AddTags);
        Post("lead/ReplaceTags", leads.ReplaceTags);
        Post("lead_tags/CreateTags", leads.CreateTags);
        Post("li_account/GetAll", senders.GetAll);
        Post("webhooks/CreateWebhook", hooks.Create);
        Post("webhooks/GetAllWebhooks", hooks.GetAll);
        _routes["webhooks/GetWebhookById"] = ("GET", hooks.GetById);
        _routes["webhooks/UpdateWebhook"] = ("PATCH", hooks.Update);
        _routes["webhooks/DeleteWebhook"] = ("DELETE", hooks.Delete);
    }

    public SandboxResponse Answer(SandboxRequest request)
    {
        if (!request.Path.StartsWith(Base, StringComparison.OrdinalIgnoreCase)) return Answers.NoRoute;
        string path = request.Path[Base.Length..].TrimEnd('/');
        if (path.StartsWith(Chatroom, StringComparison.OrdinalIgnoreCase))
        {
            return request.Method == "GET" ? _chatroom(request, path[Chatroom.Length..]) : Answers.WrongMethod(["GET"]);
        }
        if (!_routes.TryGetValue(path, out var route)) return Answers.NoRoute;
        return route.Method == request.Method ? route.Answer(request) : Answers.WrongMethod([route.Method]);
    }

    private void Post(string path, Func<SandboxRequest, SandboxResponse> answer) => _routes[path] = ("POST", answer);
}
