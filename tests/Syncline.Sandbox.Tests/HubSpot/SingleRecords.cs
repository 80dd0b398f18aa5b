namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class SingleRecords
{
    private readonly Portal _portal = new();

    [Fact]
    public void A_contact_is_made_read_changed_and_archived()
    {
        string id = _portal.Create("contacts", """{"email":"Ada@Example.com","firstname":"Ada","phone":"(555) 010-4477"}""");
        Reply read = _portal.Read("contacts", id, "?properties=email,phone,nosuch&properties=jobtitle");
        Assert.Equal(("ada@example.com", "(555) 010-4477", null), (read["email"], read["phone"], read["jobtitle"]));
        Assert.Equal(["createdate", "email", "hs_object_id", "jobtitle", "lastmodifieddate", "phone"], read.Json["properties"]!.AsObject().Select(p => p.Key));
        Assert.Equal(("2026-09-20T12:00:00.250Z", false), ((string?)read.Json["createdAt"], (bool)read.Json["archived"]!));

        _portal.Clock.Step(1.75);
        Reply changed = _portal.Change("contacts", id, """{"firstname":"","jobtitle":"Welder"}""");
        Assert.Equal((null, "Welder", "2026-09-20T12:00:02Z"), (changed["firstname"], changed["jobtitle"], (string?)changed.Json["updatedAt"]));
        Assert.Equal("2026-09-20T12:00:02Z", changed["lastmodifieddate"]);

        Assert.Equal(204, _portal.Delete($"{Portal.Newest}/contacts/{id}").Status);
        Assert.Equal(404, _portal.Read("contacts", id).Status);
        Reply archived = _portal.Read("contacts", id, "?archived=true");
        Assert.Equal((true, "2026-09-20T12:00:02Z"), ((bool)archived.Json["archived"]!, (string?)archived.Json["updatedAt"]));
        Assert.Equal(204, _portal.Delete($"{Portal.Newest}/contacts/{id}").Status);
        Assert.Equal(404, _portal.Turn("repeated-delete-status", "404").Delete($"{Portal.Newest}/contacts/{id}").Status);
        Assert.Equal(404, _portal.Delete($"{Portal.Newest}/contacts/1").Status);
    }

    [Fact]
    public void An_address_is_taken_once_whatever_its_case()
    {
        string id = _portal.Contact("ada@example.com");
        Reply refused = _portal.TryCreate("contacts", """{"email":"ADA@example.com"}""");
        Assert.Equal((409, "CONFLICT", $"Contact already exists. Existing ID: {id}"), (refused.Status, refused.Category, refused.Message));
        string other = _portal.Contact("bo@example.com");
        Assert.Equal(409, _portal.Change("contacts", other, """{"email":"ada@example.com"}""").Status);
        Assert.Equal(400, _portal.Turn("taken-email-status", "400").Change("contacts", other, """{"email":"ada@example.com"}""").Status);
        Assert.Equal(200, _portal.Change("contacts", id, """{"email":"ada2@example.com"}""").Status);
        Assert.Equal(200, _portal.Change("contacts", other, """{"email":"ada@example.com"}""").Status);
    }

    [Fact]
    public void An_archived_contact_gives_its_address_free_unless_the_portal_keeps_it()
    {
        string id = _portal.Contact("ada@example.com");
        _portal.Delete($"{Portal.Newest}/contacts/{id}");
        string next = _portal.Contact("ada@example.com");
        Assert.NotEqual(id, next);
        _portal.Turn("archived-keep-unique", "true").Delete($"{Portal.Newest}/contacts/{next}");
        Assert.Equal(409, _portal.TryCreate("contacts", """{"email":"ada@example.com"}""").Status);
    }

    [Fact]
    public void Companies_are_never_told_apart_by_their_domain()
    {
        Assert.NotEqual(_portal.Create("companies", """{"domain":"https://www.Example.com/about"}"""), _portal.Create("companies", """{"domain":"example.com","name":"Two"}"""));
        _portal.Settle();
        Assert.Equal(2, _portal.Find("companies", "domain EQ example.com").Length);
        Assert.Equal(404, _portal.Get($"{Portal.Newest}/companies/example.com?idProperty=domain").Status);
    }

    [Theory]
    [InlineData("contacts", "{}")]
    [InlineData("contacts", """{"phone":"1"}""")]
    [InlineData("companies", """{"phone":"1"}""")]
    [InlineData("notes", """{"hs_note_body":"x"}""")]
    public void A_new_record_needs_what_identifies_it(string type, string properties)
    {
        Reply refused = _portal.TryCreate(type, properties);
        Assert.Equal((400, "MISSING_REQUIRED_PROPERTY"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("nosuch", "x", "PROPERTY_DOESNT_EXIST")]
    [InlineData("createdate", "2026-01-01", "READ_ONLY_VALUE")]
    [InlineData("hs_additional_emails", "b@example.com", "READ_ONLY_VALUE")]
    [InlineData("lifecyclestage", "Lead", "INVALID_OPTION")]
    [InlineData("linkedinconnections", "1,000", "INVALID_LONG")]
    [InlineData("hs_email_optout", "yes", "INVALID_OPTION")]
    [InlineData("closedate", "soon", "INVALID_DATE")]
    [InlineData("hubspot_owner_id", "9000001", "INVALID_OWNER_ID")]
    [InlineData("email", "ada at example", "INVALID_EMAIL")]
    public void A_wrong_value_refuses_the_whole_record(string property, string value, string code)
    {
        Reply refused = _portal.TryCreate("contacts", $$"""{"firstname":"Ada","{{property}}":"{{value}}"}""");
        Assert.Equal((400, "VALIDATION_ERROR", code, property), (refused.Status, refused.Category, refused.Code, (string?)refused.Json["errors"]![0]!["context"]!["propertyName"]![0]));
        Assert.StartsWith("Property values were not valid: [{\"isValid\":false,\"message\":", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_portal.Get($"{Portal.Newest}/contacts").Results);
    }

    [Fact]
    public void Values_come_back_as_HubSpot_writes_them()
    {
        string id = _portal.Create("contacts", """{"firstname":" Ada ","closedate":"1790000000000","linkedinconnections":12,"hs_email_optout":true,"hs_buying_role":"CHAMPION;END_USER","hubspot_owner_id":"41000001"}""");
        Reply read = _portal.Read("contacts", id, "?properties=firstname,closedate,linkedinconnections,hs_email_optout,hs_buying_role");
        Assert.Equal(("Ada", "2026-09-21T14:13:20Z", "12", "true", "CHAMPION;END_USER"), (read["firstname"], read["closedate"], read["linkedinconnections"], read["hs_email_optout"], read["hs_buying_role"]));
        Assert.Equal("CHAMPION;END_USER;OTHER", _portal.Change("contacts", id, """{"hs_buying_role":";OTHER"}""")["hs_buying_role"]);
        Assert.Equal("LEGAL_AND_COMPLIANCE", _portal.Change("contacts", id, """{"hs_buying_role":"LEGAL_AND_COMPLIANCE"}""")["hs_buying_role"]);
    }

    [Fact]
    public void Lifecycle_stages_move_forward_unless_they_are_cleared_first()
    {
        string id = _portal.Create("contacts", """{"email":"a@example.com","lifecyclestage":"opportunity"}""");
        Assert.Equal("opportunity", _portal.Change("contacts", id, """{"lifecyclestage":"lead"}""")["lifecyclestage"] ?? _portal.Read("contacts", id, "?properties=lifecyclestage")["lifecyclestage"]);
        Assert.Equal(400, _portal.Turn("backward-stage", "Refuse").Change("contacts", id, """{"lifecyclestage":"lead"}""").Status);
        _portal.Change("contacts", id, """{"lifecyclestage":""}""");
        Assert.Equal("lead", _portal.Change("contacts", id, """{"lifecyclestage":"lead"}""")["lifecyclestage"]);
    }

    [Fact]
    public void Dates_are_put_right_in_2026_09_and_refused_before()
    {
        _portal.Post("/crm/properties/2026-09/contacts", """{"name":"born","label":"Born","groupName":"contactinformation","type":"date","fieldType":"date"}""");
        _portal.Clock.Step(1);
        Reply made = _portal.TryCreate("contacts", """{"email":"a@example.com","born":"2001-02-03T10:00:00Z"}""");
        Assert.Equal((201, "2001-02-03"), (made.Status, made["born"]));
        Assert.Equal(("PROPERTY_VALUE_NORMALIZED", "born"), ((string?)made.Json["warnings"]![0]!["category"], (string?)made.Json["warnings"]![0]!["context"]!["propertyName"]));
        Assert.Equal("2001-02-03", _portal.TryCreate("contacts", """{"email":"b@example.com","born":"981158400"}""")["born"]);
        Assert.Null(_portal.TryCreate("contacts", """{"email":"c@example.com","born":"981158400000"}""").Json["warnings"]);
        foreach (string version in (string[])["/crm/objects/2026-03", "/crm/v3/objects"])
        {
            Assert.Equal("INVALID_DATE", _portal.Post($"{version}/contacts", """{"properties":{"email":"d@example.com","born":"2001-02-03T10:00:00Z"}}""").Code);
        }
    }

    [Fact]
    public void Lists_go_by_id_and_end_without_paging()
    {
        string[] ids = _portal.Contacts(25);
        Assert.True(ids[0].Length < ids[^1].Length);
        List<string> seen = [];
        string? after = null;
        do
        {
            Reply page = _portal.Get($"{Portal.Newest}/contacts?limit=10{(after is null ? "" : $"&after={after}")}");
            seen.AddRange(page.Ids);
            after = page.After;
        }
        while (after is not null);
        Assert.Equal(ids, seen);
        Assert.Equal(10, _portal.Get($"{Portal.Newest}/contacts").Results.Count);
        Assert.Equal(400, _portal.Get($"{Portal.Newest}/contacts?limit=101").Status);
        Assert.Equal(400, _portal.Get($"{Portal.Newest}/contacts?limit=51&propertiesWithHistory=email").Status);
        _portal.Delete($"{Portal.Newest}/contacts/{ids[3]}");
        Assert.DoesNotContain(ids[3], _portal.Get($"{Portal.Newest}/contacts?limit=100").Ids);
        Assert.Equal([ids[3]], _portal.Get($"{Portal.Newest}/contacts?archived=true").Ids);
    }

    [Fact]
    public void Records_are_found_by_a_unique_property()
    {
        _portal.WithUnique("contacts", "lead_key");
        string id = _portal.Create("contacts", """{"email":"a@example.com","lead_key":"K-1"}""");
        Assert.Equal(id, _portal.Read("contacts", "K-1", "?idProperty=lead_key").Id);
        Assert.Equal(id, _portal.Read("contacts", "A@example.com", "?idProperty=email").Id);
        Reply clash = _portal.TryCreate("contacts", """{"email":"b@example.com","lead_key":"k-1"}""");
        Assert.Equal((400, "CONFLICTING_UNIQUE_VALUE"), (clash.Status, clash.Code));
        Assert.Equal(404, _portal.Read("contacts", id, "?idProperty=hs_object_id").Status);
    }

    [Fact]
    public void History_tells_who_wrote_each_value()
    {
        string id = _portal.Create("contacts", """{"email":"a@example.com","jobtitle":"Welder"}""");
        _portal.Clock.Step(5);
        _portal.Change("contacts", id, """{"jobtitle":"Fitter"}""");
        var rows = _portal.Read("contacts", id, "?propertiesWithHistory=jobtitle").Json["propertiesWithHistory"]!["jobtitle"]!.AsArray();
        Assert.Equal(["Fitter", "Welder"], rows.Select(r => (string?)r!["value"]));
        Assert.All(rows, r => Assert.Equal(("INTEGRATION", "54321"), ((string?)r!["sourceType"], (string?)r["sourceId"])));
    }

    [Fact]
    public void An_equal_write_moves_the_time_unless_the_portal_says_otherwise()
    {
        string id = _portal.Create("contacts", """{"email":"a@example.com"}""");
        _portal.Clock.Step(1);
        Assert.Equal("2026-09-20T12:00:01.250Z", (string?)_portal.Change("contacts", id, """{"email":"A@example.com"}""").Json["updatedAt"]);
        _portal.Turn("equal-writes-move-time", "false").Clock.Step(1);
        Assert.Equal("2026-09-20T12:00:01.250Z", (string?)_portal.Change("contacts", id, """{"email":"a@example.com"}""").Json["updatedAt"]);
    }

    [Fact]
    public void An_address_with_too_many_properties_is_too_long() =>
        Assert.Equal(414, _portal.Get($"{Portal.Newest}/contacts?properties={string.Join(',', Enumerable.Repeat("lifecyclestage", 1200))}").Status);

    [Fact]
    public void An_unknown_type_is_not_guessed()
    {
        Reply refused = _portal.Get($"{Portal.Newest}/butterflies");
        Assert.Equal((400, "Unable to infer object type from: butterflies"), (refused.Status, refused.Message));
    }
}
