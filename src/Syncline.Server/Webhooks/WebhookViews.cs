using Syncline.Composition.Webhooks;
using Syncline.Storage.Serving;

namespace Syncline.Server.Webhooks;

/// <summary>A delivery as the API shows it.</summary>
/// <param name="State">pending, done, failed.</param>
/// <param name="Attempts">Since it came, or was replayed.</param>
/// <param name="Events">The provider's names of them.</param>
/// <param name="Hints">The records it is about.</param>
internal sealed record DeliveryView(
    long Id, string Connection, string DeliveryId, DateTimeOffset ReceivedAt, string State, int Attempts, DateTimeOffset? DueAt, DateTimeOffset? DoneAt, string? Detail, IReadOnlyList<string> Events, IReadOnlyList<HintView> Hints)
{
    public static DeliveryView Of(InboxRow row)
    {
        KeptHints kept = KeptHints.Read(row.HintsJson);
        return new(row.Id, row.Connection, row.DeliveryId, row.ReceivedAt, row.State, row.Attempts, row.DueAt, row.DoneAt, row.Detail, kept.Events, [.. kept.Hints.Select(h => new HintView(h.Stream, h.Id, h.Deleted, h.Merged, h.At))]);
    }
}

/// <summary>A record that a delivery is about.</summary>
/// <param name="MergedInto">The record it was merged into; null when it was not.</param>
internal sealed record HintView(string Stream, string Id, bool IsDeletion, string? MergedInto, DateTimeOffset? At);

/// <summary>How many were put back to be worked on.</summary>
internal sealed record ReplayedView(int Replayed);

/// <summary>A connection's webhooks.</summary>
/// <param name="Url">Null when the server was not told where the world reaches it.</param>
/// <param name="Steps">What a user does by hand; empty where they can be registered.</param>
/// <param name="HasSecret">Without one no delivery is believed.</param>
/// <param name="Refused">Deliveries that were not genuine, since the server began.</param>
internal sealed record RegistrationView(string Connection, string Provider, Uri? Url, bool CanRegister, IReadOnlyList<SubscriptionView> Registered, IReadOnlyList<string> Steps, bool HasSecret, long Refused)
{
    public static RegistrationView Of(ConnectionWebhooks hooks, Refused? refused) => new(
        hooks.Connection, hooks.Provider, hooks.Url, hooks.CanRegister, [.. hooks.Registered.Select(r => new SubscriptionView(r.ProviderId, r.Url, r.Events.Split(' ', StringSplitOptions.RemoveEmptyEntries), r.CreatedAt))], hooks.Steps, hooks.HasSecret, refused?.Count ?? 0);
}

/// <summary>A webhook at a provider.</summary>
internal sealed record SubscriptionView(string ProviderId, string Url, IReadOnlyList<string> Events, DateTimeOffset CreatedAt);
