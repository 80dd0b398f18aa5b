using System.Text.Json;
using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

/// <summary>An account's webhooks, made over the API, and what they bring.</summary>
internal sealed class HookDesk
{
    public const string Everything = "EVERY_MESSAGE_REPLY_RECEIVED";

    public HookDesk(HeyReachWorld? world = null) => Account = new(world ?? HeyReachWorld.Plain(20, 1));

    public Account Account { get; }

    public HeyReachSimulator HeyReach => Account.HeyReach;

    public HeyReachWebhooks Hooks => Account.HeyReach.Webhooks;

    public HeyReachHookTrouble Trouble => Hooks.Trouble;

    /// <summary>A conversation that came of a campaign.</summary>
    public HeyReachConversation Campaigning => HeyReach.Conversations.First(c => c.CampaignId is not null);

    public HeyReachConversation Outside => HeyReach.Conversations.First(c => c.CampaignId is null);

    public List<JsonElement> Listed(string body = """{"offset":0,"limit":100}""") => Account.Items(Account.Read("/webhooks/GetAllWebhooks", body));

    public SandboxResponse Create(string eventType, string name = "hook", string url = "https://hooks.example.com/a", params int[] campaigns) =>
        Account.Post("/webhooks/CreateWebhook", JsonSerializer.Serialize(new { webhookName = name, webhookUrl = url, eventType, campaignIds = campaigns }));

    /// <summary>Makes one and answers its id.</summary>
    public int Subscribe(string eventType, params int[] campaigns)
    {
        SandboxResponse made = Create(eventType, campaigns: campaigns);
        Assert.Equal((200, ""), (made.Status, made.Body));
        return Listed()[^1].GetProperty("id").GetInt32();
    }

    /// <summary>What is due, taken by a receiver that accepts it.</summary>
    public List<JsonElement> Delivered()
    {
        List<JsonElement> bodies = [];
        Hooks.Receiver = hook =>
        {
            bodies.Add(JsonDocument.Parse(hook.Body).RootElement);
            return 200;
        };
        Hooks.Deliver();
        return bodies;
    }
}
