using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Office;

namespace Syncline.Sandbox.Lemlist.Hooks;

/// <summary>Takes what happens to the webhooks that asked for it, and hands out what is due. It sends nothing itself.</summary>
internal sealed class HookBoard(LemlistTeam team, LemlistHookTrouble trouble, ActivityJson json)
{
    private readonly Dictionary<string, int> _failed = new(StringComparer.Ordinal);
    private long _count, _last;

    public List<Subscription> Subscriptions { get; } = [];
    public List<HookDelivery> Deliveries { get; } = [];

    public void Raise(Activity activity)
    {
        Tell(activity.Type, activity, () => json.Row(activity));
        if (trouble.GroupCopies && ActivityTypes.Group(activity.Type) is { } group) Tell(group, activity, () => Copy(activity, group));
    }

    /// <summary>Tells of a finished enrichment, whose body has neither an id nor a lead.</summary>
    public void Raise(Contact enriched, DateTimeOffset at)
    {
        const string type = "enrichmentDone";
        foreach (Subscription subscription in Subscriptions.Where(s => s.Wants(type, null)))
        {
            Add(subscription, type, new() { ["type"] = type, ["data"] = JsonText.Array([new JsonObject { ["id"] = enriched.Id }]) }, at);
        }
    }

    public void Forget(Subscription subscription)
    {
        Subscriptions.Remove(subscription);
        Deliveries.RemoveAll(d => d.Subscription == subscription);
    }

    public IReadOnlyList<LemlistHook> TakeDue() =>
        [.. Deliveries.TakeDue(team.Now, trouble).SelectMany(d => Enumerable.Repeat(new LemlistHook(d.Number, d.Type, new(d.Subscription.Url), d.Body, d.Attempts.Count + 1, team.Now), trouble.Duplicate ? 2 : 1))];

    public void Answer(LemlistHook hook, int status)
    {
        HookDelivery? delivery = Deliveries.Find(d => d.Number == hook.Number);
        if (delivery is not null && delivery.Answered(hook.Attempt, status, team.Now, trouble) && delivery.Status == "failed") Failed(delivery.Subscription);
    }

    private void Failed(Subscription subscription)
    {
        int failed = _failed[subscription.Id] = _failed.GetValueOrDefault(subscription.Id) + 1;
        if (trouble.DropAfter > 0 && failed >= trouble.DropAfter) Subscriptions.Remove(subscription);
    }

    private void Tell(string type, Activity activity, Func<JsonObject> describe)
    {
        foreach (Subscription subscription in Subscriptions.Where(s => s.Wants(type, activity))) Add(subscription, type, describe(), team.Now);
    }

    private void Add(Subscription subscription, string type, JsonObject body, DateTimeOffset at)
    {
        if (subscription.Secret is { } secret) body["secret"] = trouble.WrongSecret ? secret + "-not" : secret;
        bool isLost = trouble.LoseEvery > 0 && ++_count % trouble.LoseEvery == 0;
        Deliveries.Add(new(++_last, subscription, type, JsonText.Write(body), at + trouble.Delay) { IsLost = isLost });
    }

    private JsonObject Copy(Activity activity, string group)
    {
        JsonObject copy = json.Row(activity);
        copy["type"] = group;
        if (trouble.GroupCopyId == GroupCopyId.Own) copy["_id"] = team.Ids.Next("act");
        if (trouble.GroupCopyId == GroupCopyId.None) copy.Remove("_id");
        return copy;
    }
}
