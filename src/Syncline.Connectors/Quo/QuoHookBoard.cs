using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Connectors.Http;

namespace Syncline.Connectors.Quo;

/// <summary>Quo's webhooks on the dated surface; those of v1 know no events of contacts. Source: Quo's webhook guide, read 2026-11. At most 50 a workspace; the key is told when one is made, and never again.</summary>
internal sealed class QuoHookBoard(ProviderHttp dated) : IHookBoard
{
    /// <summary>There is none for a new contact: <c>contact.updated</c> comes for those as well.</summary>
    public static IReadOnlyList<string> Events { get; } = ["contact.updated", "contact.deleted"];

    private readonly HookCalls _calls = new(dated, "quo.webhooks", (operation, answer) => QuoError.Of(answer).Failure(operation)) { ReadBudget = QuoApi.Calls, WriteBudget = QuoApi.Calls };

    public string Making => _calls.Making;

    public HookProof Proof => HookProof.Told;

    public async Task<IReadOnlyList<AccountHook>> ListAsync(CancellationToken cancellationToken) => [.. (await _calls.ListAsync("webhooks", null, cancellationToken)).Items("data").Select(Read)];

    public async Task<MadeHook?> MakeAsync(HookDraft draft, CancellationToken cancellationToken)
    {
        JsonObject body = new() { ["url"] = draft.Url.AbsoluteUri, ["events"] = new JsonArray([.. draft.Events.Select(e => JsonValue.Create(e))]), ["label"] = "Syncline" };
        if (await _calls.MakeAsync("webhooks", body, null, cancellationToken) is not { } answer) return null;
        return JsonParts.Read(answer.Body)?.Part("data") is { } made ? new(made.Text("id"), made.Text("key")) : null;
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => _calls.RemoveAsync($"webhooks/{Uri.EscapeDataString(id)}", cancellationToken);

    private static AccountHook Read(JsonElement hook) => new(hook.Text("id") ?? "", hook.Text("url"), [.. hook.Items("events").Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)])
    {
        IsActive = hook.Text("status") != "disabled",
    };
}
