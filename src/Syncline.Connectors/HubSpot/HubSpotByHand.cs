using Syncline.Mapping;

namespace Syncline.Connectors.HubSpot;

/// <summary>What a user does to have HubSpot's webhooks. Source: HubSpot's webhooks guide, 2026: a private app's are set in the app itself, and by no API; a service key has none.</summary>
/// <param name="maps">The maps as the configuration leaves them: one subscription is for one property.</param>
internal sealed class HubSpotByHand(string connection, IReadOnlyList<FieldMap> maps)
{
    private const string Always = "creation, deletion, merge, restore and associationChange";

    // HubSpot does not let these be subscribed to.
    private static readonly string[] Closed = ["hs_lastmodifieddate", "lastmodifieddate", "num_unique_conversion_events"];

    public IReadOnlyList<string> Steps(Uri url) =>
    [
        "In HubSpot open Settings, Integrations, Private apps, the app whose token is used, and there Webhooks. A service key has no webhooks: make a private app beside it.",
        $"Set the target URL to {url}, exactly so: deliveries are signed over it.",
        $"Subscribe {Always} of contacts, companies and deals, and privacyDeletion of contacts.",
        .. HubSpotKind.Records.Select(k => $"Subscribe propertyChange of {k.Stream}: {string.Join(", ", PropertiesOf(k.Stream))}."),
        "Where the timeline is read, subscribe creation and deletion of calls, emails, meetings, tasks and notes as well.",
        "Activate the subscriptions; HubSpot makes them paused.",
        $"Copy the app's client secret (under Auth) into connections.{connection}.client_secret: without it no delivery is believed.",
    ];

    private IEnumerable<string> PropertiesOf(string stream) => maps.Where(m => m.Stream == stream).SelectMany(m => m.Rules)
        .Where(r => r.Direction != MapDirection.Out && !r.Remote.Contains('.', StringComparison.Ordinal) && !Closed.Contains(r.Remote))
        .Select(r => r.Remote).Distinct(StringComparer.Ordinal);
}
