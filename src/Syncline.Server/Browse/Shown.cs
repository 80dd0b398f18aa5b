using Syncline.Connectors;

namespace Syncline.Server.Browse;

/// <summary>One record as a page shows it.</summary>
/// <param name="Attributes">The few that tell a record from the next one, as text.</param>
internal sealed record ShownRow(string Id, string Name, string? WebUrl, IReadOnlyDictionary<string, string> Attributes)
{
    public static ShownRow Of(BrowsedRow row) => new(row.Id, row.Name, row.WebUrl, row.Attributes.ToDictionary(a => a.Name, a => a.Value.ToString()));
}

/// <summary>What Attio said for one address, in a form that the page's answer hands to the circuit behind it: it is asked once.</summary>
/// <param name="Lists">Null where records were asked for.</param>
internal sealed record Shown(IReadOnlyList<BrowsedList>? Lists, IReadOnlyList<ShownRow> Rows, bool HasMore)
{
    public static Shown Of(IReadOnlyList<BrowsedList> lists) => new(lists, [], false);

    public static Shown Of(BrowsePage page) => new(null, [.. page.Rows.Select(ShownRow.Of)], page.HasMore);
}
