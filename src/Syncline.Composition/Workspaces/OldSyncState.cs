using System.Text.Json;
using Syncline.Composition.Telling;
using Syncline.Connectors.HeyReach;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Composition.Workspaces;

/// <summary>Takes over what the earlier script had synced: <c>.sync/sync_state.json</c>, so that unchanged conversations are not read and written again.</summary>
/// <remarks>Its <c>last_sync</c> is not used: it was advanced before everything up to it was safe. The pairs per conversation are.</remarks>
internal sealed class OldSyncState(string folder, Terminal terminal)
{
    private string FileName => Path.Combine(folder, ".sync", "sync_state.json");

    /// <summary>Does nothing when there is no such file, or when the hub has read this connection before.</summary>
    public async Task TakeOverAsync(IHub hub, string connection, CancellationToken cancellationToken)
    {
        StreamId conversations = new(connection, "conversations");
        if (!File.Exists(FileName) || await HasReadAsync(hub, conversations, cancellationToken)) return;
        if (await ReadAsync(conversations, cancellationToken) is not { Count: > 0 } versions) return;
        HubChanges changes = new();
        changes.Versions.AddRange(versions);
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        await session.SaveAsync(changes, cancellationToken);
        await session.CommitAsync(cancellationToken);
        terminal.Say($"Taken over from {FileName}: {Tables.Number(versions.Count)} conversations that are skipped while they have not changed. 'run --full' reads them too.");
    }

    private static async Task<bool> HasReadAsync(IHub hub, StreamId conversations, CancellationToken cancellationToken)
    {
        await foreach (Link _ in hub.LinksOfConnectionAsync(conversations.Connection, conversations.Name, cancellationToken)) return true;
        return await hub.FindCursorAsync(new(conversations.Connection, "inbox"), cancellationToken) is not null;
    }

    private async Task<List<(RecordKey, string)>?> ReadAsync(StreamId conversations, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = File.OpenRead(FileName);
            using JsonDocument state = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            return [.. state.RootElement.GetProperty("threads").EnumerateObject().Select(t => (conversations.Key(t.Name), VersionOf(t.Value)))];
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            terminal.Say($"{FileName} cannot be read and is left alone: {malformed.Message} Every conversation is read.");
            return null;
        }
    }

    private static string VersionOf(JsonElement thread) =>
        HeyReachVersion.Of(thread.GetProperty("last_message_at").GetDateTimeOffset(), thread.GetProperty("message_count").GetInt64());
}
