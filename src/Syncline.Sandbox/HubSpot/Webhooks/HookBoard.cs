using System.Globalization;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Webhooks;

/// <summary>Takes what happens to the subscriptions that want it, and hands out what is due. It sends nothing itself.</summary>
internal sealed class HookBoard(HubSpotPortal portal)
{
    private const int MostInBody = 100;

    private readonly List<HookEvent> _waiting = [];
    private readonly List<HookDelivery> _deliveries = [];
    private readonly HubSpotHookTrouble _trouble = new();
    private long _nextId = 1001;

    public HubSpotHookTrouble Trouble => _trouble;

    /// <summary>Where the app wants its hooks; null sends nothing.</summary>
    public Uri? Target { get; set; }

    public int MostConcurrent { get; set; } = 10;

    public List<HookSubscription> Subscriptions { get; } = [];

    /// <summary>When something is due next; null when nothing is on its way.</summary>
    public long? NextDueMs
    {
        get
        {
            IEnumerable<long> due = _waiting.Select(e => e.DueMs).Concat(_deliveries.Select(d => d.DueMs).OfType<long>());
            return due.Select(d => (long?)d).DefaultIfEmpty(null).Min();
        }
    }

    public HookSubscription Subscribe(string eventType, string? propertyName, ObjectType? objectType, bool isActive)
    {
        HookSubscription made = new(_nextId++, eventType, propertyName, objectType, portal.NowMs) { IsActive = isActive };
        Subscriptions.Add(made);
        portal.Happened = Raise;
        return made;
    }

    /// <summary>What is due goes out in disorder, at most a hundred events a body and so many bodies at once.</summary>
    public IReadOnlyList<HubSpotHook> TakeDue()
    {
        long now = portal.NowMs;
        if (Target is not { } target) return [];
        Gather(now);
        int room = MostConcurrent - _deliveries.Count(d => d.DueMs is null);
        List<HubSpotHook> due = [];
        foreach (HookDelivery delivery in _deliveries.Where(d => d.DueMs <= now).OrderBy(d => d.DueMs).Take(Math.Max(0, room)).ToArray())
        {
            delivery.DueMs = null;
            due.Add(Hook(delivery, target, now));
        }
        return due;
    }

    public void Answer(HubSpotHook hook, int status)
    {
        HookDelivery? delivery = _deliveries.Find(d => d.Id == hook.DeliveryId);
        if (delivery is not { DueMs: null } || delivery.Attempt != hook.Attempt) return;
        if (delivery.Answered(status, portal.NowMs, portal.Chance.Share(), _trouble.RetryScale)) _deliveries.Remove(delivery);
    }

    private void Raise(PortalEvent happened)
    {
        if ((happened.IsInitial && !_trouble.InitialValues) || (happened.IsEqual && !_trouble.EqualWrites)) return;
        foreach (HookSubscription subscription in Subscriptions)
        {
            if (!subscription.Wants(happened)) continue;
            double delay = (_trouble.Delay + (_trouble.Jitter * portal.Chance.Share())).TotalMilliseconds;
            // A change may overtake the creation it belongs to.
            if (_trouble.EarlyChanges && happened.Verb == Verb.Creation) delay += 60_000;
            _waiting.Add(new(_nextId++, subscription, happened, portal.NowMs, portal.NowMs + (long)delay));
        }
        if (happened.Verb == Verb.Merge && _trouble.MergeDeletions) Raise(new(Verb.Deletion, happened.MergedAway!, happened.Source));
    }

    private void Gather(long now)
    {
        List<HookEvent> due = [.. _waiting.Where(e => e.DueMs <= now)];
        if (due.Count == 0) return;
        _waiting.RemoveAll(e => e.DueMs <= now);
        due.AddRange(due.Where(_ => portal.Chance.Share() < _trouble.DuplicateShare).ToArray());
        if (_trouble.Shuffle) portal.Chance.Shuffle(due);
        foreach (HookEvent[] events in due.Chunk(MostInBody)) _deliveries.Add(new(portal.Chance.Id().ToString(), events) { DueMs = now });
    }

    private HubSpotHook Hook(HookDelivery delivery, Uri target, long now)
    {
        string body = new HookPayloads(portal, _trouble).Body(delivery.Events, delivery.Attempt);
        if (_trouble.MixedPortals) body = WithStranger(body);
        long stamp = _trouble.StaleTimestamps ? now - 600_000 : now;
        string secret = _trouble.WrongSecret ? new string('0', 36) : portal.Options.ClientSecret, uri = target.AbsoluteUri;
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json; charset=utf-8",
            ["X-HubSpot-Signature-Version"] = _trouble.SignsV2 ? "v2" : "v1",
            ["X-HubSpot-Signature"] = _trouble.SignsV2 ? HookSigning.V2(secret, "POST", uri, body) : HookSigning.V1(secret, body),
            ["X-HubSpot-Request-Timestamp"] = stamp.ToString(CultureInfo.InvariantCulture),
            ["X-HubSpot-Signature-v3"] = HookSigning.V3(secret, "POST", uri, body, stamp),
        };
        // The smallest change that leaves it JSON.
        string sent = _trouble.TamperedBodies ? body[..^1] + " ]" : body;
        return new(delivery.Id, [.. delivery.Events.Select(e => e.Type)], target, headers, sent, delivery.Attempt, DateTimeOffset.FromUnixTimeMilliseconds(now));
    }

    /// <summary>An event of another portal that has the app, in the same body.</summary>
    private string WithStranger(string body) =>
        $$"""{{body[..^1]}},{"eventId":{{_nextId++}},"subscriptionId":1,"portalId":{{portal.Options.PortalId + 1}},"appId":{{portal.Options.AppId}},"occurredAt":{{portal.NowMs}},"subscriptionType":"contact.creation","attemptNumber":0,"objectId":981,"changeFlag":"CREATED","changeSource":"CRM_UI","sourceId":"userId:1"}]""";
}
