using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Syncline.Sandbox.Anthropic.Messages;
using Syncline.Sandbox.Anthropic.Wire;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Anthropic.Batches;

/// <summary>All batches; they are worked on by the clock alone.</summary>
internal sealed partial class BatchBoard(AnthropicBehaviour behaviour, Writer writer, List<AnthropicSpending> spent, Func<string, string> newId)
{
    private const int MostRequests = 100_000;
    private static readonly TimeSpan CancelTakes = TimeSpan.FromMinutes(1);

    /// <summary>Newest last.</summary>
    public List<Batch> All { get; } = [];

    public Batch Get(string id) => All.Find(b => b.Id == id) ?? throw Refuse.NotFound($"Message batch {id} not found");

    // What is wrong with the parameters of one request is told in its result alone.
    public Batch Add(JsonObject body, string version, DateTimeOffset now)
    {
        if (body["requests"] is not JsonArray { Count: > 0 } requests) throw Refuse.Bad("requests: Field required");
        if (requests.Count > MostRequests) throw Refuse.Bad($"requests: at most {MostRequests} are allowed");
        string[] ids = [.. requests.Select(r => r?["custom_id"].Str() ?? "")];
        if (ids.FirstOrDefault(i => !CustomId().IsMatch(i)) is { } wrong) throw Refuse.Bad($"requests.custom_id: '{wrong}' must match {CustomId()}");
        if (ids.Distinct().Count() < ids.Length) throw Refuse.Bad("requests: custom_id must be unique within a batch");
        if (requests.Any(r => r!["params"] is not JsonObject)) throw Refuse.Bad("requests.params: Field required");
        BatchItem[] items = [.. requests.Select((r, i) => new BatchItem(ids[i], (JsonObject)r!["params"]!.DeepClone(), now + (behaviour.BatchTakes * ((i + 1.0) / ids.Length))))];
        DateTimeOffset expires = now + behaviour.BatchExpires, done = now + behaviour.BatchTakes;
        Batch batch = new(newId("msgbatch"), version, now, done < expires ? done : expires, expires, items);
        All.Add(batch);
        return batch;
    }

    public static void Cancel(Batch batch, DateTimeOffset now)
    {
        if (!batch.HasEnded) batch.Cancel(now, CancelTakes);
    }

    public void Remove(Batch batch)
    {
        if (!batch.HasEnded) throw Refuse.Bad($"Message batch {batch.Id} cannot be deleted while it is being processed");
        All.Remove(batch);
    }

    /// <summary>Ends what is due.</summary>
    public void Settle(DateTimeOffset now)
    {
        foreach (Batch batch in All.Where(b => !b.HasEnded && b.EndsAt <= now)) End(batch);
    }

    private void End(Batch batch)
    {
        foreach (BatchItem item in batch.Items) item.Result = Result(batch, item);
        batch.HasEnded = true;
    }

    private JsonObject Result(Batch batch, BatchItem item)
    {
        if (batch.CancelledAt is { } cancelled && item.DoneAt > cancelled) return new() { ["type"] = "canceled" };
        if (item.DoneAt > batch.ExpiresAt) return new() { ["type"] = "expired" };
        try
        {
            if (Strikes(item)) throw new AnthropicRefusalException(500, "api_error", "Internal server error");
            Written written = writer.Write(MessageRequest.Read(item.Parameters, batch.Version), item.DoneAt, isInBatch: true);
            spent.Add(written.Spending);
            return new() { ["type"] = "succeeded", ["message"] = written.Message };
        }
        catch (AnthropicRefusalException refusal)
        {
            return new() { ["type"] = "errored", ["error"] = new JsonObject { ["type"] = "error", ["error"] = refusal.Error(), ["request_id"] = newId("req") } };
        }
    }

    private bool Strikes(BatchItem item) => Order.Of(item.CustomId) % 10_000 < behaviour.BatchErrors * 10_000;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex CustomId();
}
