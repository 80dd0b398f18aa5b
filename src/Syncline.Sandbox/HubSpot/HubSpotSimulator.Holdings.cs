using System.Globalization;
using Syncline.Sandbox.HubSpot.Records;
using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot;

/// <summary>The portal as tables for people who look: each type that has records, its lists and properties, its webhooks.</summary>
public sealed partial class HubSpotSimulator
{
    /// <summary>Columns beside the id; more would not fit a screen.</summary>
    private const int MostColumns = 10;

    public IReadOnlyList<HeldTable> Holds(int rows) =>
    [
        .. _portal.Types.All.Where(t => t.Number < 3 || _portal.Table(t).LiveCount > 0).Select(t => Held(_portal.Table(t), rows)),
        new("lists", ["id", "name", "type", "processing", "members"], [.. _portal.Lists.All.TakeLast(rows).Reverse().Select(Row)], _portal.Lists.All.Count),
        new("custom-properties", ["type", "name", "kind", "unique"], [.. Custom().Take(rows).Select(Row)], Custom().Count()),
        new("webhooks", ["id", "event", "property", "active"], [.. _board.Subscriptions.TakeLast(rows).Select(s => new[] { $"{s.Id}", s.EventType, s.PropertyName ?? "", s.IsActive ? "true" : "false" })], _board.Subscriptions.Count),
    ];

    private static HeldTable Held(CrmTable table, int rows)
    {
        CrmRecord[] newest = [.. table.All.Reverse().Where(r => r.IsLive).Take(rows)];
        Property[] columns = [.. newest.SelectMany(r => r.Values).Select(v => v.Property).Distinct().Order().Take(MostColumns).Select(n => table.Catalogue.All[n])];
        return new(table.Type.Name, ["id", .. columns.Select(c => c.Name), "updatedAt", "associations"], [.. newest.Select(r => Row(table, r, columns))], table.LiveCount);
    }

    private static IReadOnlyList<string> Row(CrmTable table, CrmRecord record, Property[] columns) =>
        [$"{record.Id}", .. columns.Select(c => record[c] ?? ""), record[table.Catalogue.Modified] ?? "", string.Join(", ", record.Links.All.GroupBy(l => l.Other.Type.Name).Select(g => $"{g.Count()} {g.Key}"))];

    private static IReadOnlyList<string> Row(CrmList list) => [$"{list.Id}", list.Name, list.Type.Name, list.Processing, list.Members.Count.ToString(CultureInfo.InvariantCulture)];

    private IEnumerable<(ObjectType Type, Property Property)> Custom() =>
        _portal.Types.All.SelectMany(t => _portal.Table(t).Catalogue.All.Where(p => p is { IsStandard: false, ArchivedMs: null }).Select(p => (t, p)));

    private static IReadOnlyList<string> Row((ObjectType Type, Property Property) custom) =>
        [custom.Type.Name, custom.Property.Name, custom.Property.Type, custom.Property.HasUniqueValue ? "true" : "false"];
}
