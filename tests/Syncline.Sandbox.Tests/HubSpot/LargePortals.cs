using System.Diagnostics;
using System.Text.Json.Nodes;
using Syncline.Sandbox.HubSpot;

namespace Syncline.Sandbox.Tests.HubSpot;

/// <summary>Bounds with an order of magnitude to spare: they fail where a request looks at every record.</summary>
public sealed class LargePortals
{
    private const int Count = 50_000;

    private readonly Portal _portal = new();

    public LargePortals() => _portal.Simulator.Populate(HubSpotWorld.Lively(Count));

    [Fact]
    public void The_same_seed_invents_the_same_people()
    {
        Portal other = new();
        other.Simulator.Populate(HubSpotWorld.Lively(100));
        Portal again = new();
        again.Simulator.Populate(HubSpotWorld.Lively(100));
        Assert.Equal(other.Simulator.Records("contacts").Select(r => $"{r.Id} {r["email"]} {r["lastname"]}"), again.Simulator.Records("contacts").Select(r => $"{r.Id} {r["email"]} {r["lastname"]}"));
        Assert.All(other.Simulator.Records("contacts"), r => Assert.True(r.To("companies").Count <= 1));
    }

    [Fact]
    public void Everybody_is_listed_and_searched_page_by_page_in_little_time()
    {
        Stopwatch watch = Stopwatch.StartNew();
        int listed = 0;
        for (string? after = "0"; after is not null;)
        {
            Reply page = _portal.Get($"{Portal.Newest}/contacts?limit=100&associations=companies&after={after}");
            listed += page.Results.Count;
            after = page.After;
        }
        Assert.Equal(Count, listed);
        int found = 0;
        for (string last = "0"; ;)
        {
            Reply page = _portal.Search("contacts", $$"""{"limit":200,"sorts":[{"propertyName":"hs_object_id","direction":"ASCENDING"}],"filterGroups":[{"filters":[{"propertyName":"lastmodifieddate","operator":"GT","value":"0"},{"propertyName":"hs_object_id","operator":"GT","value":"{{last}}"}]}]}""");
            found += page.Results.Count;
            if (page.Results.Count < 200) break;
            last = page.Ids[^1];
        }
        Assert.Equal(Count, found);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_hundred_are_created_in_a_few_milliseconds()
    {
        JsonArray inputs = [.. Enumerable.Range(0, 100).Select(i => (JsonNode)new JsonObject
        {
            ["objectWriteTraceId"] = $"{i}",
            ["properties"] = new JsonObject { ["email"] = $"NN{i}@example.org", ["firstname"] = "Ada", ["lastname"] = "Example", ["jobtitle"] = "Welder", ["phone"] = "+12005550100", ["city"] = "Oslo", ["company"] = "Acme" },
        })];
        string body = new JsonObject { ["inputs"] = inputs }.ToJsonString();
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = $"Bearer {Portal.Token}", ["Content-Type"] = "application/json" };
        Stopwatch watch = Stopwatch.StartNew();
        for (int batch = 0; batch < 200; batch++)
        {
            SandboxResponse answer = _portal.Simulator.Handle(new("POST", $"{Portal.Newest}/contacts/batch/create", "", headers, body.Replace("NN", $"b{batch}x", StringComparison.Ordinal)));
            Assert.Equal(201, answer.Status);
        }
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }
}
