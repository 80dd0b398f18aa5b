using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Anthropic.Batches;

/// <summary>One request of a batch and how it ended.</summary>
internal sealed class BatchItem(string customId, JsonObject parameters, DateTimeOffset doneAt)
{
    public string CustomId => customId;
    public JsonObject Parameters => parameters;

    /// <summary>When it would be done, if nothing comes between.</summary>
    public DateTimeOffset DoneAt => doneAt;

    /// <summary>Null until the batch has ended.</summary>
    public JsonObject? Result { get; set; }
}

/// <summary>A batch of messages.</summary>
internal sealed class Batch(string id, string version, DateTimeOffset createdAt, DateTimeOffset endsAt, DateTimeOffset expiresAt, IReadOnlyList<BatchItem> items)
{
    public string Id => id;
    public string Version => version;
    public DateTimeOffset CreatedAt => createdAt;
    public DateTimeOffset ExpiresAt => expiresAt;
    public IReadOnlyList<BatchItem> Items => items;
    public DateTimeOffset? CancelledAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; } = endsAt;
    public bool HasEnded { get; set; }

    /// <summary>in_progress, canceling or ended.</summary>
    public string Status => HasEnded ? "ended" : CancelledAt is null ? "in_progress" : "canceling";

    public void Cancel(DateTimeOffset now, TimeSpan takes)
    {
        CancelledAt ??= now;
        EndsAt = EndsAt < now + takes ? EndsAt : now + takes;
    }

    /// <summary>Counts leave processing only when the whole batch has ended.</summary>
    public int Count(string type) => type == "processing" ? (HasEnded ? 0 : items.Count) : HasEnded ? items.Count(i => (string?)i.Result!["type"] == type) : 0;
}
