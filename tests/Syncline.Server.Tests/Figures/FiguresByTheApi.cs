using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Figures;

public sealed class FiguresByTheApi
{
    [Fact]
    public async Task What_a_run_read_and_wrote_and_what_it_used_of_a_limit_is_told()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 4);
        await served.LimitAsync("heyreach", "{ calls: 1000/min }");
        HttpClient client = await served.ClientAsync("operator");
        Assert.Empty((await client.ReadAsync("/api/v1/throughput"))["syncs"]!.AsArray());
        JsonNode tally = (await client.FollowAsync(await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-attio/runs", new { }, HttpStatusCode.Accepted)))["run"]!["tally"]!;
        long read = (long)tally["seen"]!, written = (long)tally["created"]! + (long)tally["updated"]!;
        Assert.InRange(written, 4, read);
        foreach ((string span, int buckets) in new[] { ("24h", 24), ("7d", 7) })
        {
            JsonNode sync = Assert.Single((await client.ReadAsync($"/api/v1/throughput?span={span}"))["syncs"]!.AsArray())!;
            Assert.Equal(("linkedin-to-attio", read, written), ((string?)sync["sync"], (long)sync["read"]!, (long)sync["written"]!));
            Assert.Equal(buckets, sync["buckets"]!.AsArray().Count);
            Assert.Equal(written, sync["buckets"]!.AsArray().Sum(b => (long)b!["written"]!));
            Assert.Null(sync["perSecond"]);
        }
        JsonNode limit = Assert.Single((await client.ReadAsync("/api/v1/usage"))["limits"]!.AsArray())!;
        Assert.Equal(("heyreach", "calls", 1000, 60d), ((string?)limit["connection"], (string?)limit["budget"], (int)limit["permits"]!, (double)limit["windowSeconds"]!));
        Assert.InRange((double)limit["now"]!, 0.001, 0.1);
        Assert.Equal(60, limit["minutes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Whoever_may_look_may_see_it_and_another_span_is_a_problem()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        Assert.Equal(HttpStatusCode.Unauthorized, await (await served.ClientAsync(null)).StatusAsync("/api/v1/usage"));
        HttpClient viewer = await served.ClientAsync("viewer");
        Assert.Equal(HttpStatusCode.OK, await viewer.StatusAsync("/api/usage"));
        Assert.Equal(HttpStatusCode.BadRequest, await viewer.StatusAsync("/api/v1/throughput?span=1y"));
    }
}
