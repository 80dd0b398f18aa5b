using System.Text.RegularExpressions;
using Syncline.Connectors.Attio;
using Syncline.Connectors.Claude;
using Syncline.Connectors.Csv;
using Syncline.Connectors.Explorium;
using Syncline.Connectors.HeyReach;
using Syncline.Connectors.HubSpot;
using Syncline.Connectors.Lemlist;
using Syncline.Connectors.Quo;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Documentation;

/// <summary>The tables of docs/providers are what the code says. With SYNCLINE_WRITE_DOCS=1 they are written anew instead of compared.</summary>
public sealed partial class ProviderPages
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("SYNCLINE_WRITE_DOCS") == "1";

    [Fact]
    public void HeyReach_shows_its_settings_and_maps() => Check("heyreach", Tables(new HeyReachProvider(), HeyReachMaps.All));

    [Fact]
    public void Attio_shows_its_settings_and_maps() => Check("attio", Tables(new AttioProvider(), AttioMaps.All));

    [Fact]
    public void Quo_shows_its_settings_and_map() => Check("quo", Tables(new QuoProvider(), QuoMaps.Of(new() { Connection = "quo" })));

    [Fact]
    public void Lemlist_shows_its_settings_and_maps() => Check("lemlist", Tables(new LemlistProvider(), LemlistMaps.Of(new() { Connection = "lemlist" })));

    [Fact]
    public void Explorium_shows_its_settings() => Check("explorium", Tables(new ExploriumProvider(), []));

    [Fact]
    public void Claude_shows_its_settings() => Check("claude", Tables(new ClaudeProvider(), []));

    [Fact]
    public void HubSpot_shows_its_settings_and_maps() => Check("hubspot", Tables(new HubSpotProvider(), HubSpotMaps.Of(new() { Connection = "hubspot" })));

    [Fact]
    public void Csv_shows_its_settings_and_the_headings_it_knows() => Check("csv", new(Tables(new CsvProvider(), []))
    {
        ["headings person"] = Headings(RecordKind.Person),
        ["headings company"] = Headings(RecordKind.Company),
        ["headings deal"] = Headings(RecordKind.Deal),
        ["dialects"] = Table(
            ["export", "rows", "known by one heading of each", "key", "field: headings, beyond the usual"],
            CsvDialects.All.Select(d => (string[])[
                d.Title, $"{d.Kind}", string.Join("; ", d.Marks.Select(m => string.Join(" or ", m))), d.Key is null ? "" : $"`{d.Key}`",
                string.Join("; ", d.Meanings.GroupBy(m => m.Value, m => m.Key).Select(g => $"`{g.Key}`: {string.Join(", ", g)}"))])),
    });

    private static Dictionary<string, string> Tables(IProvider provider, IReadOnlyList<FieldMap> maps)
    {
        Dictionary<string, string> tables = maps.ToDictionary(m => $"map {m.Stream}", Map);
        tables["settings"] = Table(["setting", "meaning", "default"], provider.Settings.Select(s => (string[])[$"`{s.Name}`", s.Description, Default(s)]));
        return tables;
    }

    private static string Default(SettingDefinition setting) => setting.Default is { } text ? $"`{text}`" : setting.IsRequired ? "required" : "";

    private static string Map(FieldMap map) => Table(
        [$"field of `{map.Stream}`", "direction", $"field of the {map.Kind}", "changed on the way", "policy"],
        map.Rules.Select(r => (string[])[$"`{r.Remote}`{(r.IsRequired ? " (required)" : "")}", Direction(r.Direction), $"`{r.Canonical}`", Changes(r), Policy(r)]));

    private static string Direction(MapDirection direction) => direction switch { MapDirection.In => "read", MapDirection.Out => "written", _ => "both" };

    private static string Changes(FieldRule rule) => string.Join("; ", new[]
    {
        rule.Inward is { } inward ? $"read: {inward.Name.Replace("|", "then", StringComparison.Ordinal)}" : null,
        rule.Outward is { } outward ? $"written: {outward.Name.Replace("|", "then", StringComparison.Ordinal)}" : null,
    }.OfType<string>());

    private static string Policy(FieldRule rule) => rule.Direction == MapDirection.In ? "" : rule.Policy switch
    {
        FieldPolicy.PeopleWin => "people win",
        FieldPolicy.HubWins => "Syncline owns it",
        FieldPolicy.FillOnly => "filled once",
        _ => "latest",
    };

    private static string Headings(RecordKind kind) => Table(
        ["field", "headings, by letters and digits alone"],
        CsvHeadings.Known(kind).Select(g => (string[])[$"`{g.Key}`", string.Join(", ", g)]));

    private static string Table(string[] heads, IEnumerable<string[]> rows) =>
        string.Join('\n', rows.Prepend([.. heads.Select(_ => "---")]).Prepend(heads).Select(r => $"| {string.Join(" | ", r)} |"));

    private static void Check(string page, Dictionary<string, string> tables)
    {
        string path = Path.Combine(Root(AppContext.BaseDirectory), "docs", "providers", page + ".md");
        string text = File.ReadAllText(path);
        Assert.Equal(tables.Keys.Order(StringComparer.Ordinal), Generated.Matches(text).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
        string wanted = Generated.Replace(text, m => $"<!-- generated: {m.Groups[1].Value} -->\n\n{tables[m.Groups[1].Value]}\n\n<!-- end -->");
        if (Writes) File.WriteAllText(path, wanted);
        else Assert.True(wanted == text, $"docs/providers/{page}.md is out of date: run these tests once with SYNCLINE_WRITE_DOCS=1.\n{wanted}");
    }

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "Syncline.slnx")) ? folder : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Syncline.slnx is in no folder above."));

    [GeneratedRegex("<!-- generated: ([^>]+?) -->.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Generated { get; }
}
