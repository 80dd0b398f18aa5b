using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.Attio;

/// <summary>Bounds are tenfold what a slow machine needs: they catch a scan where an index should be, not a bad day.</summary>
public sealed class LargeWorkspaces
{
    private const int People = 100_000;

    [Fact]
    public void Lookups_and_pages_over_100_000_records_cost_no_scan()
    {
        Workbench bench = new();
        for (int i = 0; i < People; i++)
        {
            bench.Simulator.CreateByPerson("people", new JsonObject { ["linkedin"] = $"person-{i}", ["email_addresses"] = new JsonArray($"p{i}@example.com") });
            if (i % 100 == 0) bench.Clock.Step(TimeSpan.FromMilliseconds(5));
        }
        string wanted = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"person-{i * 499}\""));
        string lookup = $$$$"""{"filter":{"linkedin":{"$in":[{{{{wanted}}}}]}}}""";
        Assert.Equal(200, bench.Query("people", lookup).Rows.Count);

        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < 10; i++) bench.Query("people", lookup);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        DateTimeOffset late = bench.Simulator.Records("people")[People - 4_999].CreatedAt;
        Assert.Equal(4_999, Scanned(bench, late.ToString("O")));
        Assert.Equal(People, bench.Simulator.Records("companies").Single().Texts("team").Count);
    }

    /// <summary>The end of the table by keyset: each page from the last row's time on, rows already seen dropped.</summary>
    private static int Scanned(Workbench bench, string from)
    {
        HashSet<string> seen = [];
        while (true)
        {
            JsonArray page = bench.Query("people", $$$"""{"filter":{"created_at":{"$gte":"{{{from}}}"}},"sorts":[{"direction":"asc","attribute":"created_at"}]}""").Rows;
            int before = seen.Count;
            seen.UnionWith(page.Select(r => (string)r!["id"]!["record_id"]!));
            if (seen.Count == before) return seen.Count;
            from = (string)page[^1]!["created_at"]!;
        }
    }
}
