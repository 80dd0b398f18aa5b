using System.Globalization;
using Syncline.Sandbox.Quo.Wire;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>Takes what happens to the webhooks that asked for it, and hands out what is due. It sends nothing itself.</summary>
internal sealed class HookBoard(QuoWorkspace workspace, QuoHookTrouble trouble)
{
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(10);

    private readonly PriorityQueue<Action, (DateTimeOffset, long)> _agenda = new();
    private long _agreed, _delivered;

    public List<Subscription> Subscriptions { get; } = [];
    public List<HookDelivery> Deliveries { get; } = [];

    /// <summary>When something is due next; null when nothing is on its way.</summary>
    public DateTimeOffset? NextDueAt =>
        Deliveries.Select(d => d.DueAt).Append(_agenda.TryPeek(out _, out (DateTimeOffset At, long) next) ? next.At : null).Where(d => d is not null).DefaultIfEmpty(null).Min();

    /// <summary>Something happened. What it looks like is asked only when a webhook wants to know.</summary>
    public void Raise(string type, string? lineId, Func<HookEvent> describe)
    {
        Subscription[] wanting = [.. Subscriptions.Where(s => s.Wants(type, lineId))];
        if (wanting.Length == 0) return;
        HookEvent happened = describe();
        foreach (Subscription subscription in wanting.Where(s => !s.IsLegacy || happened.Legacy is not null)) Add(subscription, happened);
    }

    /// <summary>Something will happen.</summary>
    public void Later(DateTimeOffset at, Action raise) => _agenda.Enqueue(raise, (at, _agreed++));

    public void RaiseDue()
    {
        while (_agenda.TryPeek(out Action? raise, out (DateTimeOffset At, long) next) && next.At <= workspace.Now)
        {
            _agenda.Dequeue();
            raise();
        }
    }

    public HookDelivery Add(Subscription subscription, HookEvent happened)
    {
        HookDelivery delivery = new(++_delivered, workspace.Ids.Next("msg_"), subscription, happened, happened.Body(subscription, trouble.LegacyVersion));
        Deliveries.Add(delivery);
        return delivery;
    }

    public void Forget(Subscription subscription)
    {
        Subscriptions.Remove(subscription);
        Deliveries.RemoveAll(d => d.Subscription == subscription);
    }

    public IReadOnlyList<QuoHook> TakeDue()
    {
        RaiseDue();
        List<HookDelivery> due = [.. Deliveries.Where(d => d.DueAt <= workspace.Now).OrderBy(d => d.DueAt).ThenBy(d => d.Number)];
        if (trouble.Reorder) due.Reverse();
        foreach (HookDelivery delivery in due) (delivery.DueAt, delivery.IsUnderWay) = (null, true);
        return [.. due.SelectMany(d => Enumerable.Repeat(Hook(d), trouble.Duplicate ? 2 : 1))];
    }

    /// <summary>The first answer to an attempt counts; of a duplicate the second changes nothing.</summary>
    public void Answer(QuoHook hook, int status)
    {
        HookDelivery? delivery = Deliveries.Find(d => d.Id == hook.DeliveryId);
        if (delivery is { IsUnderWay: true } && delivery.Attempts.Count + 1 == hook.Attempt) delivery.Answered(status, workspace.Now, trouble.RetryScale);
    }

    private QuoHook Hook(HookDelivery delivery)
    {
        DateTimeOffset at = trouble.StaleTimestamps ? workspace.Now - Stale : workspace.Now;
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json" };
        if (delivery.Subscription.IsLegacy) headers["openphone-signature"] = HookSigning.Legacy(Keys(delivery).First(), at.ToUnixTimeMilliseconds(), delivery.Body);
        else Sign(headers, delivery, at.ToUnixTimeSeconds());
        string body = trouble.TamperedBodies ? Tampered(delivery.Body) : delivery.Body;
        return new(delivery.Id, delivery.Event.Type, new(delivery.Subscription.Url), headers, body, delivery.Attempts.Count + 1, workspace.Now);
    }

    private void Sign(Dictionary<string, string> headers, HookDelivery delivery, long seconds)
    {
        headers["webhook-id"] = delivery.Id;
        headers["webhook-timestamp"] = seconds.ToString(CultureInfo.InvariantCulture);
        headers["webhook-signature"] = string.Join(' ', Keys(delivery).Select(k => HookSigning.Standard(k, delivery.Id, seconds, delivery.Body)));
    }

    private IEnumerable<string> Keys(HookDelivery delivery)
    {
        Subscription subscription = delivery.Subscription;
        if (trouble.WrongKey) return [Convert.ToBase64String(new byte[32])];
        bool both = subscription.OldKey is not null && workspace.Now - subscription.RotatedAt < trouble.OldKeyGrace;
        return both ? [subscription.Key, subscription.OldKey!] : [subscription.Key];
    }

    // The smallest change that leaves it JSON.
    private static string Tampered(string body) => body[..^1] + " }";
}
