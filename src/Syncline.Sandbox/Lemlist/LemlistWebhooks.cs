using System.Collections.ObjectModel;
using Syncline.Sandbox.Lemlist.Hooks;

namespace Syncline.Sandbox.Lemlist;

/// <summary>One attempt to deliver an event: a POST of JSON without any signature.</summary>
/// <param name="Number">Of the delivery, the same at every attempt; it does not go over the wire.</param>
/// <param name="Type">The event, or the lead-state group it was told as.</param>
/// <param name="Attempt">From 1.</param>
public sealed record LemlistHook(long Number, string Type, Uri Url, string Body, int Attempt, DateTimeOffset At);

/// <summary>What became of a delivery, for those who only look.</summary>
/// <param name="Status">pending, sending, success, failed or lost.</param>
/// <param name="Attempts">The statuses answered, oldest first; 0 for no answer.</param>
public sealed record LemlistDeliveryView(long Number, string WebhookId, string Type, string Status, IReadOnlyList<int> Attempts, DateTimeOffset? DueAt);

/// <summary>The hooks that lemlist sends.</summary>
public sealed class LemlistWebhooks : HookOutlet<LemlistHook>
{
    private readonly HookBoard _board;

    internal LemlistWebhooks(HookBoard board, LemlistHookTrouble trouble) : base(TimeSpan.FromSeconds(10)) => (_board, Trouble) = (board, trouble);

    public LemlistHookTrouble Trouble { get; }

    public IReadOnlyList<LemlistDeliveryView> Deliveries => [.. _board.Deliveries.Select(d => new LemlistDeliveryView(d.Number, d.Subscription.Id, d.Type, d.Status, [.. d.Attempts], d.DueAt))];

    public override DateTimeOffset? NextDueAt => _board.Deliveries.NextDueAt();

    public override void Answer(LemlistHook hook, int status) => _board.Answer(hook, status);

    private protected override IReadOnlyList<LemlistHook> HandOut() => _board.TakeDue();

    private protected override HookPost PostOf(LemlistHook hook) => new(hook.Url, ReadOnlyDictionary<string, string>.Empty, hook.Body);
}
