namespace Syncline.Connectors.HubSpot;

/// <summary>Lists that are kept by hand.</summary>
internal static class HubSpotLists
{
    public const string Stream = "lists", Entries = "list-entries";
}
