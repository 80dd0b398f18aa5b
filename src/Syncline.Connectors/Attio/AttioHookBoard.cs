using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Connectors.Http;

namespace Syncline.Connectors.Attio;

/// <summary>Attio's webhooks. Source: API reference, "Webhooks", OpenAPI of 2026-04; the secret is in the answer that makes one, and in no other.</summary>
internal sealed class AttioHookBoard(ProviderHttp http) : IHookBoard
{
    private const int MostRows = 100;

    // Without a filter: objects are told apart by ids that only a delivery and the workspace know, and one that is not read costs nothing more than its delivery.
    public static IReadOnlyList<string> Events { get; } =
    [
        "record.created", "record.updated", "record.deleted", "record.merged",
        "list-entry.created", "list-entry.updated", "list-entry.deleted",
        "note.created", "note.updated", "note.deleted", "note-content.updated",
    ];

    private readonly HookCalls _calls = new(http, "attio.webhooks", (operation, answer) => AttioApi.Failure(operation, AttioError.Parse(answer.Status, answer.Body)))
    {
        ReadBudget = AttioApi.Reads,
        WriteBudget = AttioApi.Writes,
    };

    public string Making => _calls.Making;

    public HookProof Proof => HookProof.Told;

    public async Task<IReadOnlyList<AccountHook>> ListAsync(CancellationToken cancellationToken)
    {
        List<AccountHook> all = [];
        for (int rows = MostRows; rows == MostRows;)
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"v2/webhooks?limit={MostRows}&offset={all.Count}");
            AccountHook[] page = [.. (await _calls.ListAsync(path, null, cancellationToken)).Items("data").Select(Read)];
            all.AddRange(page);
            rows = page.Length;
        }
        return all;
    }

    public async Task<MadeHook?> MakeAsync(HookDraft draft, CancellationToken cancellationToken)
    {
        JsonArray subscriptions = [.. draft.Events.Select(e => new JsonObject { ["event_type"] = e, ["filter"] = null })];
        JsonObject body = new() { ["data"] = new JsonObject { ["target_url"] = draft.Url.AbsoluteUri, ["subscriptions"] = subscriptions } };
        if (await _calls.MakeAsync("v2/webhooks", body, IsThere, cancellationToken) is not { } answer) return null;
        return JsonParts.Read(answer.Body)?.Part("data") is { } made ? new(IdOf(made), made.Text("secret")) : null;
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => _calls.RemoveAsync($"v2/webhooks/{Uri.EscapeDataString(id)}", cancellationToken);

    private static bool IsThere(ProviderAnswer answer) => answer.Status == 409 && AttioError.Parse(answer.Status, answer.Body).Code == "uniqueness_conflict";

    // A filtered subscription tells of some records only, and does not count. One that is degraded still delivers.
    private static AccountHook Read(JsonElement hook) => new(IdOf(hook) ?? "", hook.Text("target_url"), [.. hook.Items("subscriptions").Where(s => s.Part("filter") is null).Select(s => s.Text("event_type")).OfType<string>()])
    {
        IsActive = hook.Text("status") != "inactive",
    };

    private static string? IdOf(JsonElement hook) => hook.Part("id")?.Text("webhook_id");
}
