using System.Text.Json.Nodes;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Attio;

public sealed class ExaminingAWorkspace : IDisposable
{
    private readonly AttioFixture _attio = new();

    public void Dispose() => _attio.Dispose();

    private Task<IReadOnlyList<Finding>> ExamineAsync() => _attio.Connection.Doctor.ExamineAsync(_attio.Connection.Maps, CancellationToken.None);

    private static async Task FixAllAsync(IEnumerable<Finding> findings)
    {
        foreach (Finding finding in findings.Where(f => f.FixAsync is not null)) await finding.FixAsync!(CancellationToken.None);
    }

    [Theory]
    [InlineData("""{"active":true,"scope":"record_permission:read-write object_configuration:read-write note:read-write list_configuration:read-write list_entry:read-write","workspace_name":"Acme"}""", Severity.Good)]
    [InlineData("""{"active":true,"scope":"record_permission:read-write object_configuration:read","workspace_name":"Acme"}""", Severity.Warning)]
    [InlineData("""{"active":true,"scope":"record_permission:read object_configuration:read"}""", Severity.Warning)]
    [InlineData("""{"active":true,"scope":"record_permission:read note:read"}""", Severity.Error)]
    [InlineData("""{"active":true,"scope":""}""", Severity.Error)]
    [InlineData("""{"active":false}""", Severity.Error)]
    public async Task A_key_is_judged_by_what_it_may_do_not_by_the_status(string self, Severity expected)
    {
        _attio.Fake.Answer("^GET /v2/self$", self);
        Finding finding = await _attio.Connection.Doctor.TestAsync(CancellationToken.None);
        Assert.Equal(expected, finding.Severity);
        if (self.Contains("record_permission:read object", StringComparison.Ordinal)) Assert.Contains("record_permission:read-write", finding.Message, StringComparison.Ordinal);
        if (self.Contains("note:read\"", StringComparison.Ordinal)) Assert.Contains("object_configuration:read", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("record_permission:read object_configuration:read", false, Severity.Good, "")]
    [InlineData("record_permission:read", false, Severity.Error, "object_configuration:read")]
    [InlineData("record_permission:read object_configuration:read", true, Severity.Error, "record_permission:read-write")]
    [InlineData("record_permission:read-write object_configuration:read-write", true, Severity.Warning, "note:read-write")]
    [InlineData("record_permission:read-write object_configuration:read-write note:read-write list_configuration:read list_entry:read-write", true, Severity.Good, "")]
    public async Task A_key_needs_no_more_than_the_maps_do(string scopes, bool isWritten, Severity expected, string named)
    {
        _attio.Fake.Answer("^GET /v2/self$", $$"""{"active":true,"scope":"{{scopes}}","workspace_name":"Acme"}""");
        IReadOnlyList<Finding> findings = await _attio.Connection.Doctor.ExamineAsync(isWritten ? _attio.Connection.Maps : [.. _attio.Connection.Maps.Select(OnlyRead)], CancellationToken.None);
        Finding key = findings.Single(f => f.Subject == "api_key");
        Assert.Equal(expected, key.Severity);
        Assert.Contains(named, key.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_written_nothing_that_is_missing_stands_in_the_way()
    {
        _attio.Fake.World.Objects.Remove("linkedin_messages");
        _attio.Fake.World.Objects["people"].RemoveAll(a => a.Slug == "syncline_id");
        Assert.Equal("api_key", Assert.Single(await _attio.Connection.Doctor.ExamineAsync([.. _attio.Connection.Maps.Select(OnlyRead)], CancellationToken.None)).Subject);
    }

    private static Mapping.FieldMap OnlyRead(Mapping.FieldMap map) => map with { Rules = [.. map.Rules.Select(r => r with { Direction = Mapping.MapDirection.In })] };

    [Fact]
    public async Task A_malformed_key_is_a_finding_too()
    {
        _attio.Fake.Refuse("^GET /v2/self$", 400, "missing_value", "Token was not recognised.");
        Assert.Equal(Severity.Error, (await _attio.Connection.Doctor.TestAsync(CancellationToken.None)).Severity);
    }

    [Fact]
    public async Task A_missing_messages_object_is_made_with_all_it_needs()
    {
        _attio.Fake.World.Objects.Remove("linkedin_messages");
        _attio.Fake.World.Objects["people"].RemoveAll(a => a.Slug == "linkedin_messages");
        _attio.Fake.Answer("^POST /v2/objects$", "{\"data\":{}}");
        _attio.Fake.Answer("^POST /v2/objects/.*/attributes", "{\"data\":{}}");
        IReadOnlyList<Finding> findings = await ExamineAsync();
        Assert.Contains(findings, f => f is { Severity: Severity.Error, Subject: "linkedin_messages" });
        await FixAllAsync(findings);

        JsonNode[] made = [.. _attio.Fake.Writes.Where(w => w.Path == "/v2/objects/linkedin_messages/attributes").Select(w => w.Body!["data"]!)];
        JsonNode uid = made.Single(a => (string)a["api_slug"]! == "message_uid");
        Assert.True((bool)uid["is_unique"]!);
        JsonNode person = made.Single(a => (string)a["api_slug"]! == "person");
        Assert.Equal("""{"object":"people","title":"Linkedin messages","api_slug":"linkedin_messages","is_multiselect":true}""", person["relationship"]!.ToJsonString());
        Assert.Equal("timestamp", (string?)made.Single(a => (string)a["api_slug"]! == "sent_at")["type"]);
        Assert.DoesNotContain(made, a => (string)a["api_slug"]! == "message_uid_alias");
        Assert.Equal(["Inbound", "Outbound"], _attio.Fake.Writes.Where(w => w.Path.EndsWith("/direction/options", StringComparison.Ordinal)).Select(w => (string)w.Body!["data"]!["title"]!).Order());
        Assert.Equal("/v2/objects", _attio.Fake.Writes.First(w => w.Path.StartsWith("/v2/objects", StringComparison.Ordinal) && !w.Path.Contains("companies", StringComparison.Ordinal)).Path);
    }

    [Fact]
    public async Task An_archived_slug_is_brought_back_instead_of_made()
    {
        _attio.Fake.World.Objects["people"].RemoveAll(a => a.Slug == "syncline_id");
        _attio.Fake.Refuse("^POST /v2/objects/people/attributes", 409, "slug_conflict", "An attribute with the same API slug already exists on this Object");
        _attio.Fake.Answer("^PATCH /v2/objects/people/attributes/syncline_id", "{\"data\":{}}");
        Finding finding = (await ExamineAsync()).Single(f => f.Subject == "people.syncline_id");
        _attio.Fake.World.Objects["people"].Add(new("syncline_id", "text"));
        await finding.FixAsync!(CancellationToken.None);
        Assert.False((bool)_attio.Fake.Writes.Last().Body!["data"]!["is_archived"]!);
    }

    [Fact]
    public async Task A_slug_archived_with_another_type_is_said_to_be_stuck()
    {
        _attio.Fake.World.Objects["people"].RemoveAll(a => a.Slug == "messages_sent");
        _attio.Fake.Refuse("^POST /v2/objects/people/attributes", 409, "slug_conflict", "An attribute with the same API slug already exists on this Object");
        _attio.Fake.Answer("^PATCH /v2/objects/people/attributes/", "{\"data\":{}}");
        Finding finding = (await ExamineAsync()).Single(f => f.Subject == "people.messages_sent");
        _attio.Fake.World.Objects["people"].Add(new("messages_sent", "checkbox"));
        await Assert.ThrowsAsync<ProviderException>(() => finding.FixAsync!(CancellationToken.None));
    }

    [Fact]
    public async Task Missing_options_are_added_and_archived_ones_brought_back()
    {
        _attio.Fake.World.Attribute("linkedin_messages", "direction").Titles.Remove("Inbound");
        _attio.Fake.Refuse("^POST .*/direction/options", 409, "slug_conflict", "Taken.");
        _attio.Fake.Answer("^PATCH .*/direction/options/Inbound", "{\"data\":{}}");
        Finding finding = Assert.Single(await ExamineAsync(), f => f.FixDescription?.Contains("option", StringComparison.Ordinal) == true);
        await finding.FixAsync!(CancellationToken.None);
        Assert.Equal(["POST", "PATCH"], _attio.Fake.Writes.Select(w => w.Method));
    }

    [Fact]
    public async Task A_uid_that_is_not_unique_is_made_so()
    {
        _attio.Fake.World.Replace("linkedin_messages", new("message_uid", "text"));
        _attio.Fake.Answer("^PATCH .*/attributes/message_uid", "{\"data\":{}}");
        Finding finding = (await ExamineAsync()).Single(f => f.Subject == "linkedin_messages.message_uid");
        Assert.Equal(Severity.Error, finding.Severity);
        await finding.FixAsync!(CancellationToken.None);
        Assert.True((bool)Assert.Single(_attio.Fake.Writes).Body!["data"]!["is_unique"]!);
    }

    [Fact]
    public async Task A_wrong_type_is_told_and_cannot_be_mended()
    {
        _attio.Fake.World.Replace("people", new("last_reply_at", "checkbox"));
        Finding finding = (await ExamineAsync()).Single(f => f.Subject == "people.last_reply_at");
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Null(finding.FixAsync);
        Assert.NotNull(finding.Remedy);
    }

    [Fact]
    public async Task Uniqueness_on_people_is_explained_and_the_link_is_seen()
    {
        IReadOnlyList<Finding> findings = await ExamineAsync();
        Assert.Contains(findings, f => f.Severity == Severity.Advice && f.Message.Contains("unique", StringComparison.Ordinal) && f.Remedy!.Contains("syncline_id", StringComparison.Ordinal));
        Assert.Contains(findings, f => f is { Severity: Severity.Good, Subject: "people.linkedin_messages" });
        Assert.Empty(_attio.Fake.Writes);
    }

    [Fact]
    public async Task Two_separate_references_are_advised_against()
    {
        _attio.Fake.World.Replace("people", new("linkedin_messages", "record-reference", true));
        _attio.Fake.World.Replace("linkedin_messages", new("person", "record-reference"));
        Assert.Contains(await ExamineAsync(), f => f is { Severity: Severity.Advice, Subject: "people.linkedin_messages" });
    }

    [Theory]
    [InlineData("http://attio.example.com", false)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080/attio", true)]
    [InlineData("https://attio.example.com", true)]
    public void Plain_http_is_for_loopback_addresses_only(string address, bool isAllowed)
    {
        ProviderException? failure = Record.Exception(() => new AttioFixture(("base_url", address)).Dispose()) as ProviderException;
        Assert.Equal(isAllowed, failure is null);
    }
}
