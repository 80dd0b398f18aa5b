using Syncline.Sandbox.Attio;

namespace Syncline.Sandbox.Tests.Attio;

public sealed class Workspaces
{
    private readonly Workbench _bench = new();

    private string?[] Slugs(string table) => [.. _bench.Get($"/v2/objects/{table}/attributes").Rows.Select(a => (string?)a!["api_slug"])];

    [Fact]
    public void The_ready_one_takes_a_message_and_shows_it_at_the_person()
    {
        AttioWorkspaces.LinkedInReady(_bench.Simulator);
        string person = _bench.Create("people", """{"linkedin":"jo","linkedin_url_6":"u","company_name":"c","heyreach_lead_id":"1","last_reply_at":"2026-01-02T03:04:05Z","last_contacted_at":"2026-01-02T03:04:05Z","syncline_id":"s"}""").RecordId;
        string values = $$"""{"message_uid":"m1","person":{"target_object":"people","target_record_id":"{{person}}"},"body":"hi","sent_at":"2026-01-02T03:04:05Z","direction":"Inbound","channel":"LinkedIn","conversation_id":"c1","campaign":"k"}""";
        string first = _bench.PutBy("linkedin_messages", "message_uid", values).RecordId;
        Assert.Equal(first, _bench.PutBy("linkedin_messages", "message_uid", values).RecordId);
        Assert.Equal(first, (string?)_bench.Get($"/v2/objects/people/records/{person}").Value("linkedin_messages")["target_record_id"]);
        Assert.Contains("syncline_id", Slugs("companies"));
    }

    [Fact]
    public void The_one_as_found_lacks_options_ids_and_the_relationship()
    {
        AttioWorkspaces.LinkedInAsFound(_bench.Simulator);
        string person = _bench.Create("people", "{}").RecordId;
        string reference = $$$"""{"person":{"target_object":"people","target_record_id":"{{{person}}}"}}""";
        Assert.Equal("value_not_found", _bench.TryCreate("linkedin_messages", """{"direction":"Inbound"}""").Code);
        _bench.Create("linkedin_messages", reference);
        Assert.Empty(_bench.Get($"/v2/objects/people/records/{person}").Values("linkedin_messages"));
        Assert.DoesNotContain("syncline_id", Slugs("people"));
        Assert.Null(_bench.Get("/v2/objects/linkedin_messages/attributes/person").Data["relationship"]);
    }

    [Fact]
    public void The_bare_one_has_no_messages()
    {
        AttioWorkspaces.Bare(_bench.Simulator);
        Assert.Equal(404, _bench.Get("/v2/objects/linkedin_messages").Status);
    }

    [Fact]
    public void What_is_held_can_be_looked_at()
    {
        AttioWorkspaces.LinkedInReady(_bench.Simulator).DefineList("leads", "Leads", "people");
        for (int i = 0; i < 3; i++) _bench.Create("people", $$"""{"name":"Doe {{i}}","email_addresses":["p{{i}}@example.com"]}""");
        IReadOnlyList<HeldTable> held = _bench.Simulator.Holds(2);
        Assert.Equal(["people", "companies", "linkedin_messages", "leads", "notes"], held.Select(t => t.Name));
        Assert.Equal((3, 2), (held[0].Count, held[0].Rows.Count));
        Assert.All(held, t => Assert.All(t.Rows, r => Assert.Equal(t.Columns.Count, r.Count)));
        Assert.Contains("p2@example.com", held[0].Rows[0]);
    }
}
