using System.Security.Cryptography;
using System.Text;
using Syncline.Connectors.Tests.Conforming;
using Syncline.Extraction;
using Syncline.Records;
using Syncline.Sandbox.Attio;

namespace Syncline.Connectors.Tests.Attio;

public sealed class ReceivingAttioWebhooks
{
    private const string Secret = "5f2b1c0de4a39788a1b2c3d4e5f60718293a4b5c6d7e8f900112233445566778";

    private static readonly DateTimeOffset Now = new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero);

    private readonly SandboxConnection<AttioSimulator> _sandbox = SandboxConnections.Attio(AttioWorkspaces.LinkedInReady);
    private readonly Connection _attio;

    public ReceivingAttioWebhooks() => _attio = _sandbox.Open();

    private AttioSimulator Attio => _sandbox.Simulator;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_is_hinted_at_under_the_stream_that_reads_its_object()
    {
        Subscribe("record.created", "record.updated", "record.deleted");
        string person = Attio.CreateByPerson("people", new() { ["job_title"] = "a" }), company = Attio.CreateByPerson("companies", new() { ["name"] = "Acme" });
        Attio.EditByPerson("people", person, "job_title", "b");
        Attio.DeleteByPerson("companies", company);
        Assert.Equal([$"people/{person}", $"companies/{company}", $"people/{person}", $"companies/{company} deleted"], Hints(await DeliveredAsync()));
    }

    [Fact]
    public async Task Objects_are_asked_for_once()
    {
        Subscribe("record.created");
        for (int i = 0; i < 5; i++) Attio.CreateByPerson("people", new() { ["job_title"] = $"{i}" });
        await DeliveredAsync();
        Assert.Single(_sandbox.Gate.Ledger.Entries, e => e.Request.Path == "/v2/objects");
    }

    [Fact]
    public async Task An_object_that_is_not_read_is_no_hint_and_costs_one_call()
    {
        Attio.DefineObject("ships", "Ship", "Ships");
        Subscribe("record.created");
        foreach (string _ in (string[])["a", "b"]) Attio.CreateByPerson("ships", []);
        Assert.All(await DeliveredAsync(), d => Assert.Empty(d.Hints));
        Assert.Single(_sandbox.Gate.Ledger.Entries, e => e.Request.Path == "/v2/objects");
    }

    [Fact]
    public async Task A_merge_names_both_originals_and_what_they_became()
    {
        string first = Attio.CreateByPerson("people", new() { ["job_title"] = "a" }), second = Attio.CreateByPerson("people", new() { ["job_title"] = "b" });
        Subscribe("record.merged");
        string merged = Attio.MergeRecords("people", first, second);
        Assert.Equal([$"people/{first} -> {merged}", $"people/{merged}", $"people/{second} -> {merged}", $"people/{merged}"], Hints(await DeliveredAsync()));
        Assert.Equal([merged], (await FetchAsync("people", first, second, merged)).Select(r => r.Key.Id));
    }

    [Fact]
    public async Task Of_a_merge_that_keeps_one_record_the_other_is_the_original()
    {
        string people = await ObjectIdAsync("people");
        Delivery? delivery = await OpenAsync($$$"""{"webhook_id":"w","events":[{"event_type":"record.merged","id":{"workspace_id":"w","object_id":"{{{people}}}","record_id":"r1"},"duplicate_object_id":"{{{people}}}","duplicate_record_id":"r2","actor":{"type":"api-token","id":null}}]}""");
        Assert.Equal(["people/r2 -> r1", "people/r1"], Hints([delivery!]));
    }

    [Fact]
    public async Task Every_event_of_a_body_counts_and_equal_hints_are_one()
    {
        Subscribe("record.created", "record.updated");
        _sandbox.Turn("hooks-batch", "true");
        string person = Attio.CreateByPerson("people", new() { ["job_title"] = "a" });
        Attio.EditByPerson("people", person, "job_title", "b");
        Delivery delivery = Assert.Single(await DeliveredAsync());
        Assert.Equal([$"people/{person}"], Hints([delivery]));
        Assert.Equal(["record.created", "record.updated"], delivery.Events);
    }

    [Theory]
    [InlineData("""{"event_type":"list-entry.updated","id":{"workspace_id":"w","list_id":"l1","entry_id":"e1","attribute_id":"a"},"parent_object_id":"o","parent_record_id":"r"}""", "entries/l1:e1")]
    [InlineData("""{"event_type":"list-entry.deleted","id":{"workspace_id":"w","list_id":"l1","entry_id":"e1"},"parent_object_id":"o","parent_record_id":"r"}""", "entries/l1:e1 deleted")]
    [InlineData("""{"event_type":"note.created","id":{"workspace_id":"w","note_id":"n1"},"parent_object_id":"o","parent_record_id":"r"}""", "notes/n1")]
    [InlineData("""{"event_type":"note-content.updated","id":{"workspace_id":"w","note_id":"n1"}}""", "notes/n1")]
    [InlineData("""{"event_type":"note.deleted","id":{"workspace_id":"w","note_id":"n1"}}""", "notes/n1 deleted")]
    [InlineData("""{"event_type":"task.created","id":{"workspace_id":"w","task_id":"t1"}}""", "")]
    [InlineData("""{"event_type":"something.new","id":{"workspace_id":"w"}}""", "")]
    [InlineData("""{"event_type":"record.updated","id":{"workspace_id":"w","record_id":"r1"}}""", "")]
    [InlineData("""{"event_type":"record.updated"}""", "")]
    [InlineData("""{"id":{"note_id":"n1"}}""", "")]
    [InlineData("7", "")]
    public async Task An_event_is_a_hint_where_a_stream_is_about_it(string one, string expected) =>
        Assert.Equal(expected, string.Join(',', Hints([(await OpenAsync($$"""{"webhook_id":"w","events":[{{one}}]}"""))!])));

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"events":{}}""")]
    [InlineData("""{"webhook_id":"w"}""")]
    public async Task A_signed_body_that_is_no_delivery_is_none(string body) => Assert.Null(await OpenAsync(body));

    [Theory]
    [InlineData("hooks-tampered")]
    [InlineData("hooks-wrong-secret")]
    public async Task What_is_not_signed_with_the_secret_is_no_delivery(string trouble)
    {
        _sandbox.Turn(trouble, "true");
        Subscribe("record.created");
        Attio.CreateByPerson("people", new() { ["job_title"] = "a" });
        Assert.Empty(await DeliveredAsync());
    }

    [Fact]
    public async Task No_signature_no_secret_another_secret_and_a_body_without_bounds_are_refused()
    {
        const string body = """{"webhook_id":"w","events":[]}""";
        Assert.NotNull(await OpenAsync(body));
        Assert.NotNull(await _attio.Webhooks!.OpenAsync(new(name => name == "x-attio-signature" ? Sign(body) : null, Encoding.UTF8.GetBytes(body)), Secret, Now, Token));
        Assert.Null(await _attio.Webhooks.OpenAsync(new(_ => null, Encoding.UTF8.GetBytes(body)), Secret, Now, Token));
        Assert.Null(await _attio.Webhooks.OpenAsync(new(Headers(body), Encoding.UTF8.GetBytes(body)), "", Now, Token));
        Assert.Null(await _attio.Webhooks.OpenAsync(new(Headers(body), Encoding.UTF8.GetBytes(body)), Secret[..^1] + "9", Now, Token));
        Assert.Null(await OpenAsync($$"""{"webhook_id":"{{new string('x', WebhookRequest.LargestBody)}}","events":[]}"""));
    }

    [Fact]
    public async Task The_signature_is_the_hexadecimal_hmac_of_the_bytes()
    {
        // Computed with another program: openssl dgst -sha256 -hmac.
        const string body = """{"webhook_id":"w","events":[],"n":"Zoë ☎"}""";
        Func<string, string?> headers = name => name switch { "attio-signature" => "13a353609833c2d174824662b74d732018139b2cca9d35ef5725dc9383d6664b", "idempotency-key" => "k1", _ => null };
        Assert.Equal("k1", (await _attio.Webhooks!.OpenAsync(new(headers, Encoding.UTF8.GetBytes(body)), Secret, Now, Token))?.Id);
    }

    [Fact]
    public async Task A_repeated_delivery_has_its_id_and_one_without_an_id_is_never_taken_for_a_repetition()
    {
        _sandbox.Turn("hooks-duplicate", "true");
        Subscribe("record.created");
        Attio.CreateByPerson("people", new() { ["job_title"] = "a" });
        IReadOnlyList<Delivery> twice = await DeliveredAsync();
        Assert.Equal((2, 1), (twice.Count, twice.Select(d => d.Id).Distinct().Count()));

        const string body = """{"webhook_id":"w","events":[]}""";
        WebhookRequest bare = new(name => name == "attio-signature" ? Sign(body) : null, Encoding.UTF8.GetBytes(body));
        Assert.NotEqual((await _attio.Webhooks!.OpenAsync(bare, Secret, Now, Token))!.Id, (await _attio.Webhooks.OpenAsync(bare, Secret, Now.AddSeconds(1), Token))!.Id);
    }

    [Fact]
    public async Task A_hundred_records_are_fetched_in_one_query_and_the_gone_are_absent()
    {
        string[] people = [.. Enumerable.Range(0, 101).Select(i => Attio.CreateByPerson("people", new() { ["job_title"] = $"{i}" }))];
        Attio.DeleteByPerson("people", people[5]);
        _sandbox.Gate.Ledger.Clear();
        IReadOnlyList<RemoteRecord> fetched = await FetchAsync("people", [.. people, people[0], Guid.Empty.ToString(), "no uuid"]);
        Assert.Equal(people.Where(p => p != people[5]).Order(StringComparer.Ordinal), fetched.Select(r => r.Key.Id).Order(StringComparer.Ordinal));
        Assert.Equal(2, _sandbox.Gate.Ledger.Entries.Count(e => e.Request.Method == "POST"));
    }

    [Theory]
    [InlineData("people")]
    [InlineData("entries")]
    [InlineData("notes")]
    public async Task What_is_fetched_is_what_a_reading_brings(string stream)
    {
        string person = Attio.CreateByPerson("people", new() { ["job_title"] = "a" });
        Attio.DefineList("leads", "Leads", "people");
        await CallAsync("POST", "/v2/lists/leads/entries", $$$$"""{"data":{"parent_object":"people","parent_record_id":"{{{{person}}}}","entry_values":{}}}""");
        await CallAsync("POST", "/v2/notes", $$$"""{"data":{"parent_object":"people","parent_record_id":"{{{person}}}","title":"t","format":"plaintext","content":"c"}}""");
        Conformance.Sources.CommittedPages read = new(["people", "companies", "lists"]);
        await read.RunAsync(_attio.Sources.First(s => s.Stream.Id.Name == stream), Token);
        RemoteRecord one = Assert.Single(read.Records.Values);
        RemoteRecord fetched = Assert.Single(await FetchAsync(stream, one.Key.Id));
        Assert.Equal((one.Key, one.Version, one.Fields.ToString()), (fetched.Key, fetched.Version, fetched.Fields.ToString()));
        Attio.DeleteByPerson("people", person);
        Assert.Empty(await FetchAsync(stream, one.Key.Id));
    }

    private string _secret = Secret;

    private void Subscribe(params string[] types) => _secret = Attio.Webhooks.Subscribe(new("https://example.com/hooks"), types);

    /// <summary>What of all hooks that are due is genuine.</summary>
    private async Task<IReadOnlyList<Delivery>> DeliveredAsync()
    {
        List<Delivery> deliveries = [];
        foreach (AttioHook hook in Attio.Webhooks.TakeDue())
        {
            WebhookRequest request = new(name => hook.Headers.GetValueOrDefault(name), Encoding.UTF8.GetBytes(hook.Body));
            if (await _attio.Webhooks!.OpenAsync(request, _secret, Now, Token) is { } delivery) deliveries.Add(delivery);
        }
        return deliveries;
    }

    private Task<Delivery?> OpenAsync(string body) => _attio.Webhooks!.OpenAsync(new(Headers(body), Encoding.UTF8.GetBytes(body)), Secret, Now, Token);

    private async Task<IReadOnlyList<RemoteRecord>> FetchAsync(string stream, params string[] ids) =>
        await Assert.IsAssignableFrom<IPointSource>(_attio.Sources.First(s => s.Stream.Id.Name == stream)).FetchAsync(ids, Token);

    private async Task<string> ObjectIdAsync(string slug) => (string)(await CallAsync("GET", $"/v2/objects/{slug}", ""))["data"]!["id"]!["object_id"]!;

    private Task<System.Text.Json.Nodes.JsonNode> CallAsync(string method, string path, string body)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = $"Bearer {new string('a', 64)}" };
        return Task.FromResult(System.Text.Json.Nodes.JsonNode.Parse(Attio.Handle(new(method, path, "", headers, body)).Body)!);
    }

    private static string[] Hints(IReadOnlyList<Delivery> deliveries) =>
        [.. deliveries.SelectMany(d => d.Hints).Select(h => $"{h.Key.Stream}/{h.Key.Id}{(h.IsDeletion ? " deleted" : "")}{(h.MergedInto is { } into ? $" -> {into}" : "")}")];

    private static Func<string, string?> Headers(string body) => name => name switch { "attio-signature" => Sign(body), "idempotency-key" => "k1", _ => null };

    private static string Sign(string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body)));
}
