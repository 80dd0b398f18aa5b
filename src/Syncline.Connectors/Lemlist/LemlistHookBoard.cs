using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Connectors.Http;

namespace Syncline.Connectors.Lemlist;

/// <summary>Lemlist's webhooks: one type each, and the same one as often as one likes. Source: OpenAPI document "lemlist API 1.0.0" of 2026-08-22. The secret is ours; it comes back in every delivery and is never listed.</summary>
internal sealed class LemlistHookBoard(ProviderHttp http) : IHookBoard
{
    /// <summary>What a person does. Sendings and openings are many and bring nobody new; groups of types repeat these.</summary>
    public static IReadOnlyList<string> Events { get; } = ["emailsReplied", "linkedinReplied", "linkedinInviteAccepted", "whatsappReplied", "smsReplied", "emailsUnsubscribed"];

    private readonly HookCalls _calls = new(http, "lemlist.webhooks", (operation, answer) => LemlistError.Of(answer).Failure(operation)) { ReadBudget = LemlistOptions.Budget, WriteBudget = LemlistOptions.Budget };

    public string Making => _calls.Making;

    public HookProof Proof => HookProof.Chosen;

    public async Task<IReadOnlyList<AccountHook>> ListAsync(CancellationToken cancellationToken)
    {
        JsonElement answer = await _calls.ListAsync("hooks", null, cancellationToken);
        return [.. (answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray() : answer.Items("data")).Select(Read)];
    }

    public async Task<MadeHook?> MakeAsync(HookDraft draft, CancellationToken cancellationToken)
    {
        JsonObject body = new() { ["targetUrl"] = draft.Url.AbsoluteUri, ["type"] = draft.Events.Single(), ["secret"] = draft.Secret };
        if (await _calls.MakeAsync("hooks", body, null, cancellationToken) is not { } answer) return null;
        return JsonParts.Read(answer.Body) is { } made ? new(made.Text("_id"), null) : null;
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => _calls.RemoveAsync($"hooks/{Uri.EscapeDataString(id)}", cancellationToken);

    private static AccountHook Read(JsonElement hook) => new(hook.Text("_id") ?? "", hook.Text("targetUrl"), hook.Text("type") is { } type ? [type] : [])
    {
        IsForAll = hook.Text("campaignId") is null && hook.Flag("isFirst") != true,
    };
}
