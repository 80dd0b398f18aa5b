using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Anthropic.Batches;

/// <summary>Batches on the wire.</summary>
internal static class BatchJson
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    public static bool IsArchived(Batch b, DateTimeOffset now) => now - b.CreatedAt > Kept;

    public static JsonObject Of(Batch b, string baseUrl, DateTimeOffset now)
    {
        bool isArchived = IsArchived(b, now);
        JsonObject counts = [];
        foreach (string type in (string[])["processing", "succeeded", "errored", "canceled", "expired"]) counts[type] = b.Count(type);
        return new()
        {
            ["id"] = b.Id,
            ["type"] = "message_batch",
            ["processing_status"] = b.Status,
            ["request_counts"] = counts,
            ["created_at"] = Time(b.CreatedAt),
            ["expires_at"] = Time(b.ExpiresAt),
            ["ended_at"] = b.HasEnded ? Time(b.EndsAt) : null,
            ["results_url"] = b.HasEnded && !isArchived ? $"{baseUrl}/v1/messages/batches/{b.Id}/results" : null,
            ["archived_at"] = isArchived ? Time(b.CreatedAt + Kept) : null,
            ["cancel_initiated_at"] = b.CancelledAt is { } cancelled ? Time(cancelled) : null,
        };
    }

    /// <summary>A line for each request, in another order than they were sent.</summary>
    public static string Results(Batch b) =>
        string.Concat(b.Items.OrderBy(i => Order.Of(i.CustomId)).Select(i => JsonText.Write(new JsonObject { ["custom_id"] = i.CustomId, ["result"] = i.Result!.DeepClone() }) + "\n"));

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
