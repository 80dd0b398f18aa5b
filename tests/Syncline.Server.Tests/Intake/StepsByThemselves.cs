using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Syncline.Records;
using Syncline.Server.Runs;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Intake;

public sealed class StepsByThemselves
{
    [Fact]
    public async Task A_file_is_imported_and_then_written_to_HubSpot()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        HttpClient client = await served.ClientAsync("operator");
        using StringContent rows = new("email,first name,last name\nada@example.com,Ada,Example\nbob@example.com,Bob,Sample\nbroken,No,Address\n", Encoding.UTF8, "text/csv");
        HttpResponseMessage begun = await client.PostAsync("/api/import/csv?name=fair", rows, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        JsonNode import = await client.FollowAsync((string)(await begun.JsonAsync())["id"]!);
        Assert.Equal("done", (string?)import["state"]);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(served.Folder, ".syncline", "uploads")));
        Assert.True((await served.Store.Hub.CountAsync(TestContext.Current.CancellationToken))[new RecordKind("person")] >= 2);
        JsonNode sync = await (await client.PostAsync("/api/sync/hubspot", null, TestContext.Current.CancellationToken)).JsonAsync();
        JsonNode written = await client.FollowAsync((string)sync["runs"]![0]!["id"]!);
        Assert.Equal("hub-to-hubspot", (string?)written["title"]);
        Assert.True((long)written["run"]!["tally"]!["created"]! >= 2);
    }

    [Fact]
    public async Task What_no_sync_reads_or_enriches_is_a_problem_in_words()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        HttpClient client = await served.ClientAsync("operator");
        foreach (string path in new[] { "/api/import/lemlist", "/api/import/nobody", "/api/sync/heyreach" })
        {
            HttpResponseMessage answer = await client.PostAsync(path, null, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.NotEmpty((string)(await answer.JsonAsync())["detail"]!);
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("/api/enrich", new { }, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_none_leaves_nothing_behind()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        HttpClient client = await served.ClientAsync("operator");
        using StringContent nothing = new("", Encoding.UTF8, "text/csv");
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/api/import/csv?name=../../etc/passwd", nothing, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(served.Folder, ".syncline", "uploads")));
    }

    [Fact]
    public async Task A_file_that_a_server_left_is_gone_when_the_next_one_has_started()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        string data = Path.Combine(served.Folder, ".syncline"), uploads = Directory.CreateDirectory(Path.Combine(data, "uploads")).FullName;
        foreach (string left in new[] { "0.csv", "0.leads" }) await File.WriteAllTextAsync(Path.Combine(uploads, left), "email\nada@example.com\n", TestContext.Current.CancellationToken);
        await served.ReopenServerAsync();
        Assert.Equal(["0.leads"], Directory.EnumerateFiles(uploads).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Of_several_syncs_those_begin_that_do_not_run_already()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(configuration: "  linkedin-to-quo: { from: [heyreach], to: [quo] }\n");
        HttpClient client = await served.ClientAsync("operator");
        SyncTurns turns = served.Server.Services.GetRequiredService<SyncTurns>();
        using (await turns.TakeAsync("linkedin-to-attio", TestContext.Current.CancellationToken))
        using (await turns.TakeAsync("linkedin-to-quo", TestContext.Current.CancellationToken))
        {
            await client.SendAsync(HttpMethod.Post, "/api/v1/syncs/linkedin-to-quo/runs", new { }, HttpStatusCode.Accepted);
            JsonNode begun = await client.SendAsync(HttpMethod.Post, "/api/import/heyreach", new { }, HttpStatusCode.Accepted);
            Assert.Equal("linkedin-to-attio", (string?)Assert.Single(begun["runs"]!.AsArray())!["title"]);
            await client.SendAsync(HttpMethod.Post, "/api/import/heyreach", new { }, HttpStatusCode.Conflict);
        }
    }

    [Fact]
    public async Task The_same_idempotency_key_begins_one_run()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        HttpClient client = await served.ClientAsync("operator");
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once-and-no-more");
        HttpResponseMessage first = await client.PostAsJsonAsync("/api/v1/syncs/linkedin-to-attio/runs", new { full = true }, TestContext.Current.CancellationToken);
        JsonNode begun = await first.JsonAsync();
        await client.FollowAsync((string)begun["id"]!);
        HttpResponseMessage second = await client.PostAsJsonAsync("/api/v1/syncs/linkedin-to-attio/runs", new { full = true }, TestContext.Current.CancellationToken);
        Assert.Equal((string?)begun["id"], (string?)(await second.JsonAsync())["id"]);
        Assert.True(second.Headers.Contains("Idempotent-Replayed"));
        HttpResponseMessage other = await client.PostAsJsonAsync("/api/v1/syncs/linkedin-to-attio/runs", new { full = false }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Single(await served.Store.Runs.LatestAsync("linkedin-to-attio", 10, TestContext.Current.CancellationToken));
    }
}
