namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class PortalSettings
{
    private readonly Portal _portal = new();

    [Fact]
    public void Required_properties_bind_2026_09_alone()
    {
        _portal.Simulator.App.RequireOnCreate("contacts", "jobtitle");
        Reply refused = _portal.TryCreate("contacts", """{"email":"a@example.com"}""");
        Assert.Equal((400, "The property values provided are invalid", "MISSING_REQUIRED_PROPERTY"), (refused.Status, refused.Message, refused.Code));
        string id = _portal.Post("/crm/v3/objects/contacts", """{"properties":{"email":"a@example.com"}}""").Id;
        Assert.Equal(200, _portal.Change("contacts", id, """{"city":"Oslo"}""").Status);
    }

    [Fact]
    public void Conditions_bind_every_write_of_2026_09()
    {
        string id = _portal.Contact("a@example.com");
        _portal.Simulator.App.RequireWhen("contacts", "lifecyclestage", "customer", "company");
        Reply refused = _portal.Change("contacts", id, """{"lifecyclestage":"customer"}""");
        Assert.Equal((400, "MISSING_CONDITIONAL_REQUIRED_PROPERTY"), (refused.Status, refused.Code));
        Assert.Contains("[lifecyclestage]", refused.Message, StringComparison.Ordinal);
        Assert.Equal("company", (string?)refused.Json["errors"]![0]!["context"]!["propertyName"]![0]);
        Assert.Equal(200, _portal.Patch($"/crm/objects/2026-03/contacts/{id}", """{"properties":{"lifecyclestage":"customer"}}""").Status);
        Assert.Equal(200, _portal.Change("contacts", id, """{"company":"Acme"}""").Status);
    }

    [Fact]
    public void A_business_address_brings_its_company_some_seconds_later()
    {
        _portal.Turn("auto-company", "true");
        string id = _portal.Contact("ada@acme.example.com"), free = _portal.Contact("bo@gmail.com");
        Assert.Equal(0, _portal.Simulator.Count("companies"));
        _portal.Clock.Step(10);
        _portal.Get("/");
        string company = _portal.Simulator.Record("contacts", id)!.To("companies").Single().Id;
        Assert.Equal(("acme.example.com", "AUTO_ASSOCIATE_BY_DOMAIN"), (_portal.Simulator.Record("companies", company)!["domain"], _portal.Simulator.Record("companies", company)!["hs_object_source"]));
        Assert.Empty(_portal.Simulator.Record("contacts", free)!.To("companies"));
        _portal.Contact("cy@acme.example.com");
        _portal.Clock.Step(10);
        _portal.Get("/");
        Assert.Equal((1, 2), (_portal.Simulator.Count("companies"), _portal.Simulator.Record("companies", company)!.To("contacts").Count));
    }

    [Fact]
    public void Stages_belong_to_pipelines_and_those_in_use_stay()
    {
        Assert.Equal(400, _portal.TryCreate("deals", """{"dealname":"x","dealstage":"nosuch"}""").Status);
        string id = _portal.Create("deals", """{"dealname":"x","dealstage":"qualifiedtobuy","amount":"12.50"}""");
        Assert.Equal("default", _portal.Read("deals", id)["pipeline"]);
        Reply pipeline = _portal.Post("/crm/pipelines/2026-09/deals", """{"label":"Partners","displayOrder":1,"stages":[{"label":"First","displayOrder":0,"metadata":{"probability":"0.1"}}]}""");
        string stage = (string)pipeline.Json["stages"]![0]!["id"]!;
        Assert.Equal("INVALID_OPTION", _portal.Change("deals", id, $$"""{"dealstage":"{{stage}}"}""").Code);
        Assert.Equal(200, _portal.Change("deals", id, $$"""{"pipeline":"{{pipeline.Id}}","dealstage":"{{stage}}"}""").Status);
        Assert.Equal(400, _portal.Delete($"/crm/pipelines/2026-09/deals/{pipeline.Id}").Status);
        Assert.Equal(400, _portal.Delete($"/crm/pipelines/2026-09/deals/{pipeline.Id}/stages/{stage}").Status);
        Assert.Equal(204, _portal.Delete("/crm/pipelines/2026-09/deals/default/stages/closedlost").Status);
        Assert.Equal(204, _portal.Delete($"/crm/v3/pipelines/deals/{pipeline.Id}").Status);
        Assert.Equal(["New", "Waiting on contact", "Waiting on us", "Closed"], _portal.Get("/crm/pipelines/2026-09/tickets").Results[0]!["stages"]!.AsArray().Select(s => (string?)s!["label"]));
    }

    [Fact]
    public void Owners_have_an_id_that_is_not_their_user_id()
    {
        string id = _portal.Simulator.App.AddOwner("kim@example.com", "Kim", "Third");
        Reply found = _portal.Get("/crm/owners/2026-09?email=KIM@example.com");
        Assert.Equal(id, found.Ids.Single());
        long user = (long)found.Results[0]!["userId"]!;
        Assert.Equal(id, _portal.Get($"/crm/owners/2026-09/{user}?idProperty=userId").Id);
        Assert.Equal(201, _portal.TryCreate("contacts", $$"""{"email":"a@example.com","hubspot_owner_id":"{{id}}"}""").Status);
        Reply first = _portal.Get("/crm/owners/2026-09?limit=2");
        Assert.Equal([id], _portal.Get($"/crm/owners/2026-09?limit=2&after={first.After}").Ids);
    }

    [Fact]
    public void Custom_types_are_records_like_the_others()
    {
        Reply made = _portal.Post("/crm-object-schemas/2026-09/schemas", """{"name":"machines","labels":{"singular":"Machine","plural":"Machines"},"properties":[{"name":"serial","label":"Serial","type":"string","fieldType":"text","hasUniqueValue":true}]}""");
        Assert.Equal(201, made.Status);
        string id = _portal.Create("machines", """{"serial":"S-1"}""");
        Assert.Equal(id, _portal.Read((string)made.Json["objectTypeId"]!, "S-1", "?idProperty=serial").Id);
        Assert.Equal(id, _portal.Read((string)made.Json["fullyQualifiedName"]!, id).Id);
    }

    [Fact]
    public void A_failure_can_be_ordered_before_or_after_the_effect()
    {
        _portal.Simulator.Trouble.FailNext(477);
        Reply moving = _portal.Get($"{Portal.Newest}/contacts");
        Assert.Equal((477, "60"), (moving.Status, moving.Headers["Retry-After"]));
        _portal.Simulator.Trouble.FailNext(502);
        Assert.Equal(502, _portal.TryCreate("contacts", """{"email":"a@example.com"}""").Status);
        Assert.Equal(0, _portal.Simulator.Count("contacts"));
        _portal.Simulator.Trouble.FailNext(504, takesEffect: true);
        Assert.Equal(200, _portal.Get($"{Portal.Newest}/contacts").Status);
        Assert.Equal(504, _portal.TryCreate("contacts", """{"email":"a@example.com"}""").Status);
        Assert.Equal(1, _portal.Simulator.Count("contacts"));
        _portal.Simulator.Trouble.FailNext(429, policy: "DAILY");
        Assert.Equal("DAILY", (string?)_portal.Get($"{Portal.Newest}/contacts").Json["policyName"]);
    }

    [Fact]
    public void A_locked_record_opens_after_two_seconds()
    {
        string id = _portal.Contact("a@example.com");
        _portal.Simulator.App.Lock("contacts", id);
        Assert.Equal(423, _portal.Change("contacts", id, """{"city":"Oslo"}""").Status);
        _portal.Clock.Step(2);
        Assert.Equal(200, _portal.Change("contacts", id, """{"city":"Oslo"}""").Status);
    }

    [Fact]
    public void Knobs_and_happenings_have_names_of_their_own_and_take_back_what_they_tell()
    {
        Assert.Equal(_portal.Simulator.Knobs.Count, _portal.Simulator.Knobs.Select(k => k.Name).Distinct().Count());
        Assert.Equal(_portal.Simulator.Happenings.Count, _portal.Simulator.Happenings.Select(h => h.Name).Distinct().Count());
        foreach (Knob knob in _portal.Simulator.Knobs)
        {
            string told = knob.Get();
            knob.Set(told);
            Assert.Equal(told, knob.Get());
        }
        _portal.Simulator.Happenings.Single(h => h.Name == "add-contact").Happen("a@example.com Ada Example");
        Assert.Equal("Ada Example", _portal.Simulator.ContactsByEmail("a@example.com").Single()["firstname"]);
        Assert.Equal("a@example.com", _portal.Simulator.Holds(5).Single(t => t.Name == "contacts").Rows.Single()[1]);
    }
}
