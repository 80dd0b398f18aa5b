using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Webhooks;

/// <summary>Takes what happens to the webhooks that asked for it, and hands out what is due. It sends nothing itself.</summary>
internal sealed class HookBoard(AttioWorkspace workspace)
{
    private readonly List<HookDelivery> _deliveries = [];

    public AttioHookTrouble Trouble { get; } = new();
    public List<Subscription> Subscriptions { get; } = [];

    /// <summary>When something is due next; null when nothing is on its way.</summary>
    public DateTimeOffset? NextDueAt => _deliveries.Select(d => d.DueAt).Where(d => d is not null).DefaultIfEmpty(null).Min();

    public Subscription Subscribe(string url, IReadOnlyList<Topic> topics)
    {
        string secret = workspace.Ids.Next().ToString("N") + workspace.Ids.Next().ToString("N");
        Subscription made = new(workspace.Ids.Next(), url, topics, secret, workspace.Now);
        Subscriptions.Add(made);
        return made;
    }

    public void Forget(Subscription subscription)
    {
        Subscriptions.Remove(subscription);
        _deliveries.RemoveAll(d => d.Subscription == subscription);
    }

    /// <summary>A record or an entry was created, updated or deleted.</summary>
    /// <param name="attribute">What was changed of it; null for the other two.</param>
    public void Raise(string verb, Row row, AttioActor actor, AttioAttribute? attribute = null)
    {
        if (Subscriptions.Count == 0) return;
        JsonObject id = row.Table.IsList ? Id(("list_id", row.Table.Id), ("entry_id", row.Id)) : Id(("object_id", row.Table.Id), ("record_id", row.Id));
        if (attribute is not null) id["attribute_id"] = attribute.Id.ToString();
        JsonObject body = new() { ["id"] = id };
        if (row.Table.Parent is { } parent) (body["parent_object_id"], body["parent_record_id"]) = (parent.Id.ToString(), row.Parent.ToString());
        Raise($"{(row.Table.IsList ? "list-entry" : "record")}.{verb}", body, actor);
    }

    /// <summary>Two records became a third: one event for each of the two, both about the new one.</summary>
    public void RaiseMerge(Row merged, IReadOnlyList<Row> originals, AttioActor actor)
    {
        foreach (Row original in originals)
        {
            Raise("record.merged", new()
            {
                ["id"] = Id(("object_id", merged.Table.Id), ("record_id", merged.Id)),
                ["duplicate_object_id"] = original.Table.Id.ToString(),
                ["duplicate_record_id"] = original.Id.ToString(),
            }, actor);
        }
    }

    public void RaiseNote(string verb, AttioNote note, AttioActor actor) => Raise($"note.{verb}", new()
    {
        ["id"] = Id(("note_id", note.Id)),
        ["parent_object_id"] = note.ParentObject.Id.ToString(),
        ["parent_record_id"] = note.ParentRecord.ToString(),
    }, actor);

    public IReadOnlyList<AttioHook> TakeDue()
    {
        DateTimeOffset now = workspace.Clock.GetUtcNow();
        List<HookDelivery> due = [.. _deliveries.Where(d => d.DueAt <= now).OrderBy(d => d.DueAt).ThenBy(d => d.Number)];
        if (Trouble.Batch) due = Batched(due);
        if (Trouble.Reorder) due.Reverse();
        foreach (HookDelivery delivery in due) delivery.DueAt = null;
        return [.. due.SelectMany(d => Enumerable.Repeat(Hook(d, now), Trouble.Duplicate ? 2 : 1))];
    }

    /// <summary>The first answer to an attempt counts; of a duplicate the second changes nothing.</summary>
    public void Answer(AttioHook hook, int status)
    {
        HookDelivery? delivery = _deliveries.Find(d => d.Id == hook.Id);
        if (delivery is { DueAt: null } && delivery.Attempts + 1 == hook.Attempt) delivery.Answered(status, workspace.Clock.GetUtcNow());
    }

    private void Raise(string type, JsonObject body, AttioActor actor)
    {
        if (Subscriptions.Count == 0) return;
        body["event_type"] = type;
        body["actor"] = new JsonObject { ["type"] = actor.Type, ["id"] = actor.Id?.ToString() };
        HookEvent happened = new(type, body, workspace.Clock.GetUtcNow());
        foreach (Subscription subscription in Subscriptions.Where(s => s.Topics.Any(t => t.Wants(happened)))) Add(subscription, [happened]);
    }

    private HookDelivery Add(Subscription subscription, IReadOnlyList<HookEvent> events)
    {
        HookDelivery delivery = new(_deliveries.Count == 0 ? 1 : _deliveries[^1].Number + 1, workspace.Ids.Next().ToString(), subscription, events);
        _deliveries.Add(delivery);
        return delivery;
    }

    /// <summary>Pairs of first attempts to one webhook become one delivery.</summary>
    private List<HookDelivery> Batched(List<HookDelivery> due)
    {
        List<HookDelivery> batched = [.. due.Where(d => d.Attempts > 0)];
        foreach (IGrouping<Subscription, HookDelivery> group in due.Where(d => d.Attempts == 0).GroupBy(d => d.Subscription))
        {
            foreach (HookDelivery[] pair in group.Chunk(2))
            {
                _deliveries.RemoveAll(d => pair.Length == 2 && pair.Contains(d));
                batched.Add(pair.Length == 1 ? pair[0] : Add(group.Key, [.. pair.SelectMany(d => d.Events)]));
            }
        }
        return batched;
    }

    private AttioHook Hook(HookDelivery delivery, DateTimeOffset now)
    {
        string body = new JsonObject { ["webhook_id"] = delivery.Subscription.Id.ToString(), ["events"] = new JsonArray([.. delivery.Events.Select(e => e.Body.DeepClone())]) }.ToJsonString();
        string secret = Trouble.WrongSecret ? new string('0', 64) : delivery.Subscription.Secret;
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json", ["Attio-Signature"] = signature, ["X-Attio-Signature"] = signature, ["Idempotency-Key"] = delivery.Id,
        };
        // The smallest change that leaves it JSON.
        string sent = Trouble.TamperedBodies ? body[..^1] + " }" : body;
        return new(delivery.Id, [.. delivery.Events.Select(e => e.Type)], new(delivery.Subscription.Url), headers, sent, delivery.Attempts + 1, now);
    }

    private JsonObject Id(params (string Name, Guid Id)[] parts)
    {
        JsonObject id = new() { ["workspace_id"] = workspace.Id.ToString() };
        foreach ((string name, Guid part) in parts) id[name] = part.ToString();
        return id;
    }
}

/// <summary>Events on their way to one webhook: tried again until they are accepted, ten times at the most, over about three days.</summary>
/// <param name="id">The Idempotency-Key.</param>
internal sealed class HookDelivery(long number, string id, Subscription subscription, IReadOnlyList<HookEvent> events)
{
    private const int MostRetries = 10;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(4);

    public long Number => number;
    public string Id => id;
    public Subscription Subscription => subscription;
    public IReadOnlyList<HookEvent> Events => events;
    public int Attempts { get; private set; }

    /// <summary>When the next attempt is due; null while one is under way and after the last.</summary>
    public DateTimeOffset? DueAt { get; set; } = events[^1].At;

    public void Answered(int status, DateTimeOffset now)
    {
        bool isOver = status is >= 200 and < 300 || Attempts >= MostRetries;
        DueAt = isOver ? null : now + (FirstWait * Math.Pow(2, Attempts));
        Attempts++;
    }
}
