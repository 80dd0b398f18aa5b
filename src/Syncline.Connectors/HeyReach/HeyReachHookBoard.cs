using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Connectors.Http;

namespace Syncline.Connectors.HeyReach;

/// <summary>HeyReach's webhooks: one type each, doubles allowed, nothing signed. Source: HeyReach's OpenAPI file as described by others, 2026-09, and five receivers in the open.</summary>
internal sealed class HeyReachHookBoard(ProviderHttp http) : IHookBoard
{
    private const int MostItems = 100;

    // 3 to 25 characters.
    private const string Name = "Syncline replies";

    /// <summary>Messages and InMails alike. The two events of first replies would bring the same replies again.</summary>
    public static IReadOnlyList<string> Events { get; } = ["EVERY_MESSAGE_REPLY_RECEIVED"];

    private readonly HookCalls _calls = new(http, "heyreach.webhooks", HeyReachErrors.Of) { ReadBudget = HeyReachOptions.Budget, WriteBudget = HeyReachOptions.Budget };

    public string Making => _calls.Making;

    public HookProof Proof => HookProof.InAddress;

    public async Task<IReadOnlyList<AccountHook>> ListAsync(CancellationToken cancellationToken)
    {
        List<AccountHook> all = [];
        for (int rows = MostItems; rows == MostItems;)
        {
            JsonElement answer = await _calls.ListAsync("webhooks/GetAllWebhooks", new() { ["offset"] = all.Count, ["limit"] = MostItems }, cancellationToken);
            AccountHook[] page = [.. answer.Items("items").Select(Read)];
            all.AddRange(page);
            rows = page.Length;
        }
        return all;
    }

    public async Task<MadeHook?> MakeAsync(HookDraft draft, CancellationToken cancellationToken)
    {
        // This type fires outside campaigns and takes no other list than an empty one.
        JsonObject body = new() { ["webhookName"] = Name, ["webhookUrl"] = draft.Url.AbsoluteUri, ["eventType"] = draft.Events.Single(), ["campaignIds"] = new JsonArray() };
        if (await _calls.MakeAsync("webhooks/CreateWebhook", body, null, cancellationToken) is not { } answer) return null;
        // By its document the answer has no body; an integration reads the id from one.
        JsonElement? made = JsonParts.Read(answer.Body);
        return new(made?.Text("webhookId") ?? made?.Text("id"), null);
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => _calls.RemoveAsync($"webhooks/DeleteWebhook?webhookId={Uri.EscapeDataString(id)}", cancellationToken);

    private static AccountHook Read(JsonElement hook) => new(hook.Text("id") ?? hook.Text("webhookId") ?? "", hook.Text("webhookUrl"), hook.Text("eventType") is { } type ? [type.ToUpperInvariant()] : [])
    {
        IsActive = hook.Flag("isActive") != false,
        IsForAll = !hook.Items("campaignIds").Any(),
    };
}
