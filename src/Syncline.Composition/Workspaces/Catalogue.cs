using Syncline.Connectors;
using Syncline.Connectors.Attio;
using Syncline.Connectors.Claude;
using Syncline.Connectors.Csv;
using Syncline.Connectors.Explorium;
using Syncline.Connectors.HeyReach;
using Syncline.Connectors.HubSpot;
using Syncline.Connectors.Leads;
using Syncline.Connectors.Lemlist;
using Syncline.Connectors.Quo;

namespace Syncline.Composition.Workspaces;

/// <summary>The providers this program ships with.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<IProvider> Providers() =>
        [new HeyReachProvider(), new AttioProvider(), new HubSpotProvider(), new QuoProvider(), new LemlistProvider(), new ExploriumProvider(), new ClaudeProvider(), new CsvProvider(), new LeadsProvider()];
}
