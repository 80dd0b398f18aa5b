namespace Syncline.Server.Layout;

/// <summary>One line of the menu.</summary>
/// <param name="Title">English, translated where it is shown.</param>
/// <param name="Icon">A name of the Material symbols.</param>
internal sealed record MenuEntry(string Path, string Title, string Icon)
{
    public static IReadOnlyList<MenuEntry> All { get; } =
    [
        new("", "Overview", "dashboard"),
        new("runs", "Runs", "play_circle"),
        new("contacts", "Contacts", "contacts"),
        new("leads", "Leads", "person_search"),
        new("browse", "Browse Attio", "travel_explore"),
        new("imports", "Imports", "download_done"),
        new("failures", "Failures", "report"),
        new("conflicts", "Conflicts", "call_split"),
        new("webhooks", "Webhooks", "webhook"),
        new("connections", "Connections", "cable"),
        new("mappings", "Mappings", "sync_alt"),
        new("settings", "Settings", "settings"),
    ];
}
