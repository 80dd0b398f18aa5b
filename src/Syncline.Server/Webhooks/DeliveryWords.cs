using Syncline.Storage.Serving;

namespace Syncline.Server.Webhooks;

/// <summary>States of deliveries in words, to be translated.</summary>
internal static class DeliveryWords
{
    public static IReadOnlyList<string> States { get; } = [InboxState.Pending, InboxState.Done, InboxState.Failed];

    public static string Of(string state) => state switch { InboxState.Pending => "Waiting", InboxState.Done => "Done", _ => "Given up" };

    public static string Badge(string state) => state switch { InboxState.Pending => "going", InboxState.Done => "good", _ => "bad" };
}
