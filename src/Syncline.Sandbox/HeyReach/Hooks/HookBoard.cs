using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.HeyReach.Hooks;

/// <summary>Takes what happens to the webhooks that asked for it, and hands out what is due. It sends nothing itself.</summary>
internal sealed class HookBoard(TimeProvider clock)
{
    private const int FirstId = 60_001;

    private readonly List<Subscription> _subscriptions = [];
    private int _made;
    private long _events, _deliveries, _counted;

    public HeyReachHookTrouble Trouble { get; } = new();

    /// <summary>In the order they were made.</summary>
    public IReadOnlyList<Subscription> Subscriptions => _subscriptions;

    public List<HookDelivery> Deliveries { get; } = [];

    private HookBodies Bodies => field ??= new(Trouble);

    public Subscription? Find(long id) => _subscriptions.Find(s => s.Id == id);

    /// <summary>Nothing deduplicates: an equal one may be there already.</summary>
    public Subscription Subscribe(HookTerms terms)
    {
        Subscription made = new(FirstId + _made++, terms);
        _subscriptions.Add(made);
        return made;
    }

    public void Forget(Subscription subscription)
    {
        _subscriptions.Remove(subscription);
        Deliveries.RemoveAll(d => d.Subscription == subscription);
    }

    public void Raise(HookEvent happened)
    {
        if (EventTypes.IsOfWorkspace(happened.Type) && !Trouble.ImportsAll) return;
        _events++;
        foreach (Subscription subscription in _subscriptions.Where(s => s.Wants(happened))) Add(subscription, happened);
    }

    public IReadOnlyList<HeyReachHook> TakeDue()
    {
        DateTimeOffset now = clock.GetUtcNow();
        return [.. Deliveries.TakeDue(now, Trouble).SelectMany(d => Enumerable.Repeat(Hook(d, now), Trouble.Duplicate ? 2 : 1))];
    }

    public void Answer(HeyReachHook hook, int status) => Deliveries.Find(d => d.Number == hook.Number)?.Answered(hook.Attempt, status, clock.GetUtcNow(), Trouble);

    private void Add(Subscription subscription, HookEvent happened)
    {
        bool isLost = Trouble.LoseEvery > 0 && ++_counted % Trouble.LoseEvery == 0;
        Deliveries.Add(new(++_deliveries, subscription, happened.Type, _events, Bodies.Of(happened), happened.At + Trouble.Delay) { IsLost = isLost });
    }

    private HeyReachHook Hook(HookDelivery delivery, DateTimeOffset now)
    {
        int attempt = delivery.Attempts.Count + 1;
        JsonObject body = delivery.Body;
        if (body.ContainsKey(HookBodies.CorrelationId)) body[HookBodies.CorrelationId] = CorrelationOf(delivery, attempt);
        Dictionary<string, string> headers = new(delivery.Subscription.Headers, StringComparer.OrdinalIgnoreCase);
        return new(delivery.Number, delivery.EventType, new(delivery.Subscription.Terms.Url), headers, JsonText.Write(body), attempt, now);
    }

    private string CorrelationOf(HookDelivery delivery, int attempt)
    {
        string reach = Trouble.Correlation switch
        {
            CorrelationReach.Attempt => $"{delivery.EventNumber} {delivery.Number} {attempt}",
            CorrelationReach.Delivery => $"{delivery.EventNumber} {delivery.Number}",
            _ => $"{delivery.EventNumber}",
        };
        return new Guid(SHA256.HashData(Encoding.ASCII.GetBytes("correlation " + reach)).AsSpan(0, 16)).ToString();
    }
}
