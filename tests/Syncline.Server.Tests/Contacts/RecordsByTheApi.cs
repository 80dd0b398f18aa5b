using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Contacts;

public sealed class RecordsByTheApi
{
    [Fact]
    public async Task The_list_is_filtered_counted_and_paged()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        await KnownPeople.EnterAsync(served);
        HttpClient client = await served.ClientAsync("viewer");
        JsonNode first = await client.ReadAsync("/api/contacts?take=2");
        Assert.Equal(2, first["items"]!.AsArray().Count);
        JsonNode rest = await client.ReadAsync($"/api/contacts?take=2&after={first["next"]}");
        Assert.Equal(("Bob Example", null), ((string?)Assert.Single(rest["items"]!.AsArray())!["name"], (string?)rest["next"]));
        Assert.Equal(1, (long)first["states"]!["failed"]!);
        Assert.Equal(["Bob Example"], await NamesAsync(client, "status=failed"));
        Assert.Equal([KnownPeople.AdasName], await NamesAsync(client, "search=wonder"));
        Assert.Equal([KnownPeople.AdasName, "Ada B. Example"], await NamesAsync(client, "source=lemlist"));
        Assert.Empty(await NamesAsync(client, "kind=company"));
        Assert.Equal(HttpStatusCode.BadRequest, await client.StatusAsync("/api/contacts?state=lost"));
        Assert.Equal(HttpStatusCode.Unauthorized, await (await served.ClientAsync(null)).StatusAsync("/api/contacts"));
    }

    [Fact]
    public async Task A_record_is_found_by_its_reference_or_a_key_with_all_that_is_known_of_it()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        KnownPeople known = await KnownPeople.EnterAsync(served);
        HttpClient client = await served.ClientAsync("viewer");
        foreach (string name in new[] { $"person/{known.Ada.Id}", $"person%2F{known.Ada.Id}", $"{known.Ada.Id}", "ada@example.com" })
        {
            Assert.Equal(known.Ada.Id, (long)(await client.ReadAsync($"/api/v1/contacts/{name}"))["id"]!);
        }
        JsonNode ada = await client.ReadAsync($"/api/v1/contacts/person/{known.Ada.Id}");
        JsonNode title = Assert.Single(ada["fields"]!.AsArray(), f => (string?)f!["field"] == "job_title")!;
        Assert.Equal(("Engineer", "heyreach/people/ada-example", "first"), ((string?)title["value"], (string?)title["source"], (string?)title["rule"]));
        Assert.Equal("https://www.linkedin.com/in/ada-example", (string?)Assert.Single(ada["places"]!.AsArray(), p => (string?)p!["connection"] == "heyreach")!["page"]);
        Assert.Equal("<i>Director</i>", (string?)Assert.Single(ada["conflicts"]!.AsArray())!["theirs"]);
        Assert.Equal("validation", (string?)Assert.Single((await client.ReadAsync("/api/contacts/bob@example.com"))["failures"]!.AsArray())!["code"]);
        Assert.Equal(5, (await client.ReadAsync("/api/contacts/ada@example.com/history"))["items"]![0]!["changes"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.NotFound, await client.StatusAsync("/api/v1/contacts/person/999"));
        Assert.Equal(HttpStatusCode.NotFound, await client.StatusAsync("/api/v1/contacts/nobody@example.com"));
    }

    [Fact]
    public async Task A_value_is_pinned_explained_and_released()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        KnownPeople known = await KnownPeople.EnterAsync(served);
        HttpClient client = await served.ClientAsync("operator");
        string field = $"/api/v1/contacts/person/{known.Ada.Id}/fields/job_title";
        JsonNode pinned = await client.SendAsync(HttpMethod.Put, field, new { value = "Head of Research" });
        Assert.Equal(("Head of Research", "pinned"), ((string?)pinned["value"], (string?)pinned["rule"]));
        Assert.Empty((await client.ReadAsync("/api/conflicts"))["items"]!.AsArray());
        JsonNode why = await client.ReadAsync(field + "/why");
        Assert.Equal(["first", "pinned"], why["changes"]!.AsArray().Select(c => (string?)c!["rule"]));
        Assert.Equal("Engineer", (string?)Assert.Single(why["sides"]!.AsArray(), s => (string?)s!["place"] == "attio/people/5f0c")!["answered"]!["job_title"]);
        Assert.Contains("Decided by token test", (string?)(await client.ReadAsync($"/api/runs/{pinned["run"]}"))["detail"], StringComparison.Ordinal);
        Assert.Contains(await served.Store.AuditLog.ListAsync(null, 10, TestContext.Current.CancellationToken), e => e.What == "field.pinned" && e.About == known.Ada.Reference.Text);
        Assert.Equal("released", (string?)(await client.SendAsync(HttpMethod.Put, field, new { release = true }))["rule"]);
        Assert.Null((await client.SendAsync(HttpMethod.Put, field, new { empty = true }))["value"]);
        await client.SendAsync(HttpMethod.Put, field, new { value = "A", empty = true }, HttpStatusCode.BadRequest);
        await client.SendAsync(HttpMethod.Put, field.Replace("job_title", "birth_date", StringComparison.Ordinal), new { value = "yesterday" }, HttpStatusCode.BadRequest);
        await (await served.ClientAsync("viewer")).SendAsync(HttpMethod.Put, field, new { value = "A" }, HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.NotFound, await client.StatusAsync($"/api/v1/contacts/person/{known.Ada.Id}/fields/never/why"));
    }

    [Fact]
    public async Task Two_records_become_one_and_one_becomes_two_after_a_preview_that_changes_nothing()
    {
        await using ServedFolder served = await ServedFolder.StartAsync();
        KnownPeople known = await KnownPeople.EnterAsync(served);
        HttpClient client = await served.ClientAsync("operator");
        var merge = new { keep = known.Ada.Reference.Text, other = "ada.b@example.org" };
        JsonNode preview = await client.SendAsync(HttpMethod.Post, "/api/contacts/merge", new { merge.keep, merge.other, preview = true });
        Assert.Equal(("Lyon", null), ((string?)preview["fields"]!["city"], (long?)preview["run"]));
        Assert.Equal(3, (await client.ReadAsync("/api/contacts"))["items"]!.AsArray().Count);
        JsonNode merged = await client.SendAsync(HttpMethod.Post, "/api/contacts/merge", merge);
        Assert.Equal((known.Ada.Reference.Text, "Lyon"), ((string?)merged["record"], (string?)merged["fields"]!["city"]));
        Assert.Equal(2, (await client.ReadAsync("/api/contacts"))["items"]!.AsArray().Count);
        string split = $"/api/contacts/person/{known.Ada.Id}/split";
        Assert.Null((await client.SendAsync(HttpMethod.Post, split, new { places = new[] { KnownPeople.AdasLead.ToString() }, preview = true }))["record"]);
        JsonNode born = await client.SendAsync(HttpMethod.Post, split, new { places = new[] { KnownPeople.AdasLead.ToString() } });
        Assert.Equal("A. Example", (string?)(await client.ReadAsync($"/api/contacts/{born["record"]}"))["name"]);
        await client.SendAsync(HttpMethod.Post, split, new { places = new[] { "lemlist/people/foreign" } }, HttpStatusCode.BadRequest);
        await client.SendAsync(HttpMethod.Post, "/api/contacts/merge", new { keep = known.Ada.Reference.Text, other = known.Ada.Reference.Text }, HttpStatusCode.BadRequest);
    }

    private static async Task<IReadOnlyList<string?>> NamesAsync(HttpClient client, string filter) => [.. (await client.ReadAsync("/api/contacts?" + filter))["items"]!.AsArray().Select(i => (string?)i!["name"])];
}
