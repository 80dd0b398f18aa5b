using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio;

namespace Syncline.Sandbox.Tests.Attio;

public sealed class SendingHooks
{
    private static readonly string[] Everything =
        ["record.created", "record.updated", "record.deleted", "record.merged", "list-entry.created", "list-entry.updated", "list-entry.deleted", "note.created", "note.deleted"];

    private static readonly Uri Target = new("https://example.com/hooks");

    private readonly Workbench _bench = new Workbench(scopes: Workbench.AllScopes + " webhook:read-write").Turn("auto-company", "false");

    private AttioWebhooks Hooks => _bench.Simulator.Webhooks;

    [Fact]
    public void A_record_tells_of_its_making_of_each_changed_attribute_and_of_its_end()
    {
        Hooks.Subscribe(Target, Everything);
        string person = _bench.Create("people", """{"job_title":"Welder"}""").RecordId;
        _bench.Patch($"/v2/objects/people/records/{person}", """{"data":{"values":{"job_title":"Fitter","description":"x"}}}""");
        _bench.Patch($"/v2/objects/people/records/{person}", """{"data":{"values":{"job_title":"Fitter"}}}""");
        _bench.Delete($"/v2/objects/people/records/{person}");
        JsonNode[] events = Delivered();
        Assert.Equal(["record.created", "record.updated", "record.updated", "record.deleted"], events.Select(e => (string?)e["event_type"]));
        Assert.All(events, e => Assert.Equal((person, "api-token"), ((string?)e["id"]!["record_id"], (string?)e["actor"]!["type"])));
        Assert.Equal(2, events.Select(e => (string?)e["id"]!["attribute_id"]).OfType<string>().Distinct().Count());
    }

    [Fact]
    public void A_merge_tells_of_each_original_under_the_new_id()
    {
        string first = _bench.Create("people", """{"job_title":"a"}""").RecordId, second = _bench.Create("people", """{"job_title":"b"}""").RecordId;
        Hooks.Subscribe(Target, Everything);
        string merged = _bench.Simulator.MergeRecords("people", first, second);
        JsonNode[] events = Delivered();
        Assert.All(events, e => Assert.Equal(("record.merged", merged, "workspace-member"), ((string?)e["event_type"], (string?)e["id"]!["record_id"], (string?)e["actor"]!["type"])));
        Assert.Equal([first, second], events.Select(e => (string?)e["duplicate_record_id"]));
    }

    [Fact]
    public void Entries_and_notes_name_the_record_they_belong_to()
    {
        _bench.Simulator.DefineList("leads", "Leads", "people");
        string person = _bench.Create("people", """{"job_title":"a"}""").RecordId;
        Hooks.Subscribe(Target, Everything);
        string entry = _bench.Post("/v2/lists/leads/entries", $$$$"""{"data":{"parent_object":"people","parent_record_id":"{{{{person}}}}","entry_values":{}}}""").EntryId;
        _bench.Post("/v2/notes", $$$"""{"data":{"parent_object":"people","parent_record_id":"{{{person}}}","title":"t","format":"plaintext","content":"c"}}""");
        _bench.Delete($"/v2/objects/people/records/{person}");
        JsonNode[] events = Delivered();
        Assert.Equal(["list-entry.created", "note.created", "record.deleted", "list-entry.deleted", "note.deleted"], events.Select(e => (string?)e["event_type"]));
        Assert.Equal(entry, (string?)events[0]["id"]!["entry_id"]);
        Assert.All(events.Where(e => e["event_type"]!.ToString() != "record.deleted"), e => Assert.Equal(person, (string?)e["parent_record_id"]));
    }

    [Fact]
    public void Bodies_are_signed_in_hexadecimal_with_the_secret_as_it_was_told()
    {
        string secret = Hooks.Subscribe(Target, "record.created");
        _bench.Create("people", """{"job_title":"Zoë ☎"}""");
        AttioHook hook = Take();
        Assert.Matches("^[0-9a-f]{64}$", secret);
        Assert.Equal(Signature(secret, hook.Body), hook.Headers["attio-signature"]);
        Assert.Equal(hook.Headers["attio-signature"], hook.Headers["x-attio-signature"]);
    }

    [Fact]
    public void What_is_not_accepted_comes_again_under_the_same_key_for_about_three_days()
    {
        Hooks.Subscribe(Target, "record.created");
        _bench.Create("people", """{"job_title":"a"}""");
        DateTimeOffset began = _bench.Clock.GetUtcNow();
        HashSet<string> keys = [];
        int attempts = 0;
        for (; Hooks.NextDueAt is { } due; attempts++)
        {
            _bench.Clock.Step(due - _bench.Clock.GetUtcNow());
            AttioHook hook = Take();
            keys.Add(hook.Headers["Idempotency-Key"]);
            Hooks.Answer(hook, 500);
        }
        Assert.Equal((11, 1), (attempts, keys.Count));
        Assert.InRange(_bench.Clock.GetUtcNow() - began, TimeSpan.FromDays(2), TimeSpan.FromDays(4));
    }

    [Fact]
    public void Duplicates_disorder_batches_and_forgeries_are_knobs()
    {
        string secret = Hooks.Subscribe(Target, "record.created");
        _bench.Turn("hooks-duplicate", "true").Turn("hooks-reorder", "true");
        foreach (string title in (string[])["a", "b", "c"]) _bench.Create("people", $$"""{"job_title":"{{title}}"}""");
        IReadOnlyList<AttioHook> hooks = Hooks.TakeDue();
        Assert.Equal((6, 3), (hooks.Count, hooks.Select(h => h.Id).Distinct().Count()));
        foreach (AttioHook hook in hooks) Hooks.Answer(hook, 204);
        Assert.Null(Hooks.NextDueAt);

        _bench.Turn("hooks-duplicate", "false").Turn("hooks-batch", "true").Turn("hooks-tampered", "true");
        foreach (string title in (string[])["d", "e", "f"]) _bench.Create("people", $$"""{"job_title":"{{title}}"}""");
        hooks = Hooks.TakeDue();
        Assert.Equal([1, 2], hooks.Select(h => h.EventTypes.Count).Order());
        Assert.All(hooks, h => Assert.NotEqual(Signature(secret, h.Body), h.Headers["attio-signature"]));
    }

    [Fact]
    public void Webhooks_are_made_over_the_api_and_their_secret_is_told_once()
    {
        const string body = """{"data":{"target_url":"https://example.com/a","subscriptions":[{"event_type":"record.updated","filter":null}]}}""";
        Reply made = _bench.Post("/v2/webhooks", body);
        Assert.Equal(64, ((string)made.Data["secret"]!).Length);
        Assert.Null(_bench.Get("/v2/webhooks").Rows.Single()!["secret"]);
        Assert.Equal((409, "uniqueness_conflict"), (_bench.Post("/v2/webhooks", body).Status, _bench.Post("/v2/webhooks", body).Code));
        Assert.Equal(400, _bench.Post("/v2/webhooks", body.Replace("https", "http", StringComparison.Ordinal)).Status);
        Assert.Equal(400, _bench.Post("/v2/webhooks", body.Replace(",\"filter\":null", "", StringComparison.Ordinal)).Status);
        string id = (string)made.Data["id"]!["webhook_id"]!;
        Assert.Equal(200, _bench.Delete($"/v2/webhooks/{id}").Status);
        Assert.Equal(404, _bench.Get($"/v2/webhooks/{id}").Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/hooks", true)]
    [InlineData("http://hooks.example.com/a", false)]
    public void Plain_http_is_taken_for_this_machine_alone_and_only_when_it_is_switched_on(string url, bool taken)
    {
        string body = $$$"""{"data":{"target_url":"{{{url}}}","subscriptions":[{"event_type":"record.created","filter":null}]}}""";
        Assert.Equal(400, _bench.Post("/v2/webhooks", body).Status);
        _bench.Turn("hooks-plain-http", "true");
        Assert.Equal(taken ? 200 : 400, _bench.Post("/v2/webhooks", body).Status);
    }

    [Fact]
    public void Members_make_and_change_records_from_the_control_api()
    {
        Hooks.Subscribe(Target, Everything);
        Happen("create", """people {"job_title":"Welder"}""");
        string person = _bench.Simulator.Records("people").Single().Id;
        Happen("edit", $"people {person} job_title \"Fitter\"");
        JsonNode[] events = Delivered();
        Assert.Equal(["record.created", "record.updated"], events.Select(e => (string?)e["event_type"]));
        Assert.All(events, e => Assert.Equal((person, "workspace-member"), ((string?)e["id"]!["record_id"], (string?)e["actor"]!["type"])));
        Assert.Throws<ArgumentException>(() => Happen("create", "people []"));
    }

    [Fact]
    public async Task The_courier_carries_the_bytes_that_were_signed()
    {
        string secret = Hooks.Subscribe(new("http://127.0.0.1:9/hooks"), "record.created");
        _bench.Create("people", """{"job_title":"Zoë ☎"}""");
        Porch porch = new();
        HookCourier<AttioHook> courier = new(new([_bench.Simulator], _bench.Clock), Hooks.Sender, new(porch), _bench.Clock);
        Assert.Equal(1, await courier.CarryAsync(TestContext.Current.CancellationToken));
        (string signature, string body) = Assert.Single(porch.Arrived);
        Assert.Equal(Signature(secret, body), signature);
        Assert.Null(Hooks.NextDueAt);
    }

    [Fact]
    public void A_filter_names_an_object_by_its_id()
    {
        string companies = (string)_bench.Get("/v2/objects/companies").Data["id"]!["object_id"]!;
        _bench.Post("/v2/webhooks", $$$"""{"data":{"target_url":"https://example.com/a","subscriptions":[{"event_type":"record.created","filter":{"$and":[{"field":"id.object_id","operator":"equals","value":"{{{companies}}}"}]}}]}}""");
        _bench.Create("people", """{"job_title":"a"}""");
        string company = _bench.Create("companies", """{"name":"Acme"}""").RecordId;
        Assert.Equal(company, (string?)Delivered().Single()["id"]!["record_id"]);
    }

    [Fact]
    public void Without_a_webhook_nothing_is_kept()
    {
        _bench.Create("people", """{"job_title":"a"}""");
        Assert.Null(Hooks.NextDueAt);
        Assert.Equal(0, Hooks.Deliver());
    }

    private JsonNode[] Delivered()
    {
        Hooks.Receiver = _ => 200;
        Hooks.Deliver();
        return [.. Hooks.Sent.SelectMany(h => JsonNode.Parse(h.Body)!["events"]!.AsArray()).Select(e => e!)];
    }

    private AttioHook Take() => Hooks.TakeDue().Single();

    private static string Signature(string secret, string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    private void Happen(string name, string argument) => _bench.Simulator.Happenings.Single(h => h.Name == name).Happen(argument);

    private sealed class Porch : HttpMessageHandler
    {
        public List<(string Signature, string Body)> Arrived { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Arrived.Add((request.Headers.GetValues("Attio-Signature").Single(), Encoding.UTF8.GetString(await request.Content!.ReadAsByteArrayAsync(cancellationToken))));
            return new(HttpStatusCode.OK);
        }
    }
}
