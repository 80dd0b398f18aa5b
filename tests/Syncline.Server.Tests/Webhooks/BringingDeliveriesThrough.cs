using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Syncline.Server.Tests.Served;
using Syncline.Storage.Serving;
using Syncline.Syncs;

namespace Syncline.Server.Tests.Webhooks;

public sealed class BringingDeliveriesThrough
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edit_is_written_at_the_other_side_without_a_scheduled_run()
    {
        await using ServedFolder served = await StartAsync();
        Townspeople people = await Townspeople.SettleAsync(served, 3);
        HttpClient admin = await served.ClientAsync("admin"), world = await served.ClientAsync(null);
        using HttpResponseMessage registered = await admin.PutAsJsonAsync("/api/v1/webhooks/registrations/attio", new { }, Token);
        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        Assert.DoesNotContain("secret\":\"", await registered.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        people.Edit(people.All[1], "Fitter");
        foreach (Hook hook in people.TakeDue()) Assert.Equal(HttpStatusCode.OK, (await hook.SendAsync(world)).StatusCode);
        await Townspeople.UntilThroughAsync(served.Store);
        Assert.Equal(["Welder", "Fitter", "Welder"], people.All.Select(people.TitleOf));
        JsonNode delivery = Assert.Single((await admin.GetFromJsonAsync<JsonNode>("/api/v1/webhooks/deliveries", Token))!["items"]!.AsArray())!;
        Assert.Equal(("done", "record.updated", people.All[1]), ((string?)delivery["state"], (string?)delivery["events"]![0], (string?)delivery["hints"]![0]!["id"]));
        Assert.Equal("sync", Assert.Single(await served.Store.Runs.LatestAsync(null, 10, Token)).Kind);
        Assert.All(await served.Store.Runs.ListAsync(new("attio-to-quo", RunRow.Webhook), 10, Token), r => Assert.Equal(RunState.Done, r.State));

        using HttpResponseMessage removed = await admin.DeleteAsync("/api/v1/webhooks/registrations/attio", Token);
        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        people.Edit(people.All[0], "Smith");
        Assert.Empty(people.TakeDue());
    }

    [Fact]
    public async Task Of_a_burst_nothing_is_lost_and_each_is_kept_once()
    {
        await using ServedFolder served = await StartAsync();
        Townspeople people = await Townspeople.SettleAsync(served, 20);
        HttpClient world = await served.ClientAsync(null);
        foreach (string person in people.All) people.Edit(person, "Fitter");
        Hook[] hooks = [.. Enumerable.Range(0, 1_000).Select(i => people.About(people.All[i % 20], $"burst-{i}"))];
        // A tenth of them comes twice.
        await Parallel.ForEachAsync(hooks.Concat(hooks.Where((_, i) => i % 10 == 0)), new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Token }, async (hook, _) =>
        {
            using HttpResponseMessage answer = await hook.SendAsync(world);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        });
        await Townspeople.UntilThroughAsync(served.Store);
        Assert.Equal([new("attio", InboxState.Done, 1_000)], await served.Store.Inbox.CountsAsync(Token));
        Assert.All(people.All, p => Assert.Equal("Fitter", people.TitleOf(p)));
        Assert.All(await served.Store.Inbox.ListAsync(null, null, null, 2_000, Token), r => Assert.Equal(1, r.Attempts));
    }

    [Fact]
    public async Task What_fails_is_put_off_with_its_reason_and_goes_through_when_it_is_replayed()
    {
        await using ServedFolder served = await StartAsync();
        Townspeople people = await Townspeople.SettleAsync(served, 1);
        HttpClient world = await served.ClientAsync(null), operators = await served.ClientAsync("operator"), viewers = await served.ClientAsync("viewer");
        string file = Path.Combine(served.Folder, "syncline.yaml"), well = await File.ReadAllTextAsync(file, Token);
        Hook hook = people.About(people.All[0], "a");
        // The delivery is opened with Attio's key, which is well; it is Quo that refuses.
        await File.WriteAllTextAsync(file, well.Replace("quo-test-key", "quo-lost-key", StringComparison.Ordinal) + "# broken\n", Token);
        people.Edit(people.All[0], "Fitter");
        Assert.Equal(HttpStatusCode.OK, (await hook.SendAsync(world)).StatusCode);
        await Townspeople.UntilThroughAsync(served.Store);
        InboxRow failed = Assert.Single(await served.Store.Inbox.ListAsync(null, InboxState.Pending, null, 10, Token));
        Assert.Equal((1, TimeSpan.FromSeconds(15)), (failed.Attempts, TimeSpan.FromSeconds(Math.Round((failed.DueAt!.Value - failed.ReceivedAt).TotalSeconds / 15) * 15)));
        Assert.NotEmpty(failed.Detail!);
        await File.WriteAllTextAsync(file, well, Token);
        // Given up by hand, so that nobody waits for it.
        await served.Store.Inbox.GiveUpAsync([failed.Id], failed.Detail, Token);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewers.PostAsync($"/api/v1/webhooks/deliveries/{failed.Id}/replay", null, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await operators.PostAsync($"/api/v1/webhooks/deliveries/{failed.Id}/replay", null, Token)).StatusCode);
        await Townspeople.UntilThroughAsync(served.Store);
        Assert.Equal((InboxState.Done, "Fitter"), ((await served.Store.Inbox.FindAsync(failed.Id, Token))!.State, people.TitleOf(people.All[0])));
        Assert.Equal(HttpStatusCode.NotFound, (await operators.PostAsync("/api/v1/webhooks/deliveries/999/replay", null, Token)).StatusCode);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), ((await operators.GetAsync($"/api/v1/webhooks/deliveries/{failed.Id}/body", Token)).StatusCode, (await world.GetAsync("/api/v1/webhooks/deliveries", Token)).StatusCode));
    }

    [Fact]
    public async Task A_conversation_is_read_a_second_time_after_the_lag_of_its_inbox()
    {
        await using ServedFolder served = await StartAsync();
        HttpClient world = await served.ClientAsync(null);
        Assert.Equal(HttpStatusCode.OK, (await Hook.Of("heyreach", "nobody").SendAsync(world)).StatusCode);
        await Townspeople.UntilThroughAsync(served.Store);
        InboxRow row = Assert.Single(await served.Store.Inbox.ListAsync("heyreach", null, null, 10, Token));
        Assert.Equal((InboxState.Pending, 0), (row.State, row.Attempts));
        Assert.InRange(row.DueAt!.Value - row.ReceivedAt, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
        Assert.DoesNotContain("againSeconds", row.HintsJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_pages_through_deliveries_and_tells_of_registrations()
    {
        await using ServedFolder served = await StartAsync();
        HttpClient viewer = await served.ClientAsync("viewer"), admin = await served.ClientAsync("admin");
        foreach (string id in (string[])["a", "b", "c"]) (await Hook.Of("attio", id).SendAsync(viewer)).Dispose();
        JsonNode first = (await viewer.GetFromJsonAsync<JsonNode>("/api/v1/webhooks/deliveries?take=2", Token))!;
        JsonNode rest = (await viewer.GetFromJsonAsync<JsonNode>($"/api/v1/webhooks/deliveries?take=2&after={first["next"]}", Token))!;
        Assert.Equal(["c", "b", "a"], first["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(d => (string?)d!["deliveryId"]));
        Assert.Null(rest["next"]);
        JsonArray registrations = (await viewer.GetFromJsonAsync<JsonArray>("/api/v1/webhooks/registrations", Token))!;
        Assert.Equal(["heyreach", "attio", "quo", "hubspot", "lemlist"], registrations.Select(r => (string?)r!["connection"]));
        JsonNode hubspot = registrations.Single(r => (string?)r!["connection"] == "hubspot")!;
        Assert.Equal((false, true, "https://hooks.example.com/webhooks/hubspot"), ((bool)hubspot["canRegister"]!, (bool)hubspot["hasSecret"]!, (string?)hubspot["url"]));
        Assert.NotEmpty(hubspot["steps"]!.AsArray());
        using HttpResponseMessage refused = await viewer.PutAsJsonAsync("/api/v1/webhooks/registrations/attio", new { }, Token), byHand = await admin.PutAsJsonAsync("/api/v1/webhooks/registrations/hubspot", new { }, Token);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (refused.StatusCode, byHand.StatusCode));
    }

    private static Task<ServedFolder> StartAsync() => ServedFolder.StartAsync(people: 1, options: new() { Port = 0, RunsSchedules = false, PublicUrl = Hook.World });
}
