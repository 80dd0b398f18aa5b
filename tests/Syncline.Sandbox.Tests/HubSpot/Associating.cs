using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class Associating
{
    private readonly Portal _portal = new();
    private readonly string _contact, _company, _other;

    public Associating()
    {
        _contact = _portal.Contact("a@example.com");
        _company = _portal.Create("companies", """{"name":"Acme"}""");
        _other = _portal.Create("companies", """{"name":"Other"}""");
    }

    [Fact]
    public void A_record_is_made_with_its_associations()
    {
        string note = _portal.Create("notes", """{"hs_timestamp":"2026-09-01T00:00:00Z","hs_note_body":"<b>Hi</b><script>x</script><br/>"}""",
            $$$"""[{"to":{"id":"{{{_contact}}}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":202}]}]""");
        Reply read = _portal.Read("notes", note, "?associations=contacts,companies&properties=hs_note_body");
        Assert.Equal(_contact, (string?)read.Json["associations"]!["contacts"]!["results"]![0]!["id"]);
        Assert.Equal("<b>Hi</b><br>", read["hs_note_body"]);
        Assert.Equal([note], Ends("contacts", "notes", _contact));
        Reply wrong = _portal.TryCreate("notes", """{"hs_timestamp":"0"}""", $$$"""[{"to":{"id":"{{{_contact}}}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":201}]}]""");
        Assert.Equal(400, wrong.Status);
        Assert.Equal(400, _portal.TryCreate("notes", """{"hs_timestamp":"0"}""", """[{"to":{"id":"5"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":202}]}]""").Status);
    }

    [Fact]
    public void A_primary_company_is_told_twice_and_a_second_one_takes_its_place()
    {
        Create(_company, 1);
        Reply listed = _portal.Read("contacts", _contact, "?associations=companies");
        Assert.Equal(["contact_to_company", "contact_to_company_unlabeled"], listed.Json["associations"]!["companies"]!["results"]!.AsArray().Select(r => (string?)r!["type"]));
        Assert.Equal([1, 279], TypesOf("contacts", "companies", _contact, _company));
        Assert.Equal([2, 280], TypesOf("companies", "contacts", _company, _contact));
        Create(_other, 1);
        Assert.Equal([279], TypesOf("contacts", "companies", _contact, _company));
        Assert.Equal([1, 279], TypesOf("contacts", "companies", _contact, _other));
    }

    [Fact]
    public void A_labelled_write_sets_the_labels_and_a_default_one_keeps_them()
    {
        int label = (int)_portal.Post("/crm/associations/2026-09/contacts/companies/labels", """{"label":"Adviser","name":"adviser","inverseLabel":"Advised"}""").Results[0]!["typeId"]!;
        Put($$"""[{"associationCategory":"USER_DEFINED","associationTypeId":{{label}}},{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":1}]""");
        Assert.Equal([1, label, 279], TypesOf("contacts", "companies", _contact, _company));
        Assert.Equal(200, _portal.Put($"{Portal.Newest}/contacts/{_contact}/associations/default/companies/{_company}").Status);
        Assert.Equal([1, label, 279], TypesOf("contacts", "companies", _contact, _company));
        Put($$"""[{"associationCategory":"USER_DEFINED","associationTypeId":{{label}}}]""");
        Assert.Equal([label, 279], TypesOf("contacts", "companies", _contact, _company));
        _portal.Post("/crm/associations/2026-09/contacts/companies/batch/labels/archive", $$$"""{"inputs":[{"from":{"id":"{{{_contact}}}"},"to":{"id":"{{{_company}}}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]}]}""");
        Assert.Empty(Ends("contacts", "companies", _contact));
    }

    [Fact]
    public void Labels_are_told_by_direction()
    {
        _portal.Post("/crm/associations/2026-09/contacts/companies/labels", """{"label":"Adviser","inverseLabel":"Advised"}""");
        Assert.Equal([null, "Primary", "Adviser"], _portal.Get("/crm/associations/2026-09/contacts/companies/labels").Results.Select(l => (string?)l!["label"]));
        Assert.Equal([null, "Primary", "Advised"], _portal.Get("/crm/v4/associations/companies/contacts/labels").Results.Select(l => (string?)l!["label"]));
    }

    [Fact]
    public void Batches_create_read_and_archive()
    {
        Reply made = _portal.Post("/crm/associations/2026-09/contacts/companies/batch/create", $$$"""
            {"inputs":[{"from":{"id":"{{{_contact}}}"},"to":{"id":"{{{_company}}}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]},
                       {"from":{"id":"7"},"to":{"id":"{{{_company}}}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]}]}
            """);
        Assert.Equal((200, 1, "crm.associations.INVALID_IDENTIFIER"), (made.Status, made.Results.Count, (string?)made.Errors.Single()!["subCategory"]));
        _portal.Post("/crm/associations/2026-09/companies/contacts/batch/associate/default", $$$"""{"inputs":[{"from":{"id":"{{{_other}}}"},"to":{"id":"{{{_contact}}}"}}]}""");
        Assert.Equal([_company, _other], Ends("contacts", "companies", _contact));
        _portal.Post("/crm/associations/2026-09/contacts/companies/batch/archive", $$$"""{"inputs":[{"from":{"id":"{{{_contact}}}"},"to":[{"id":"{{{_company}}}"}]}]}""");
        Assert.Equal([_other], Ends("contacts", "companies", _contact));
        Assert.Equal(204, _portal.Delete($"{Portal.Newest}/contacts/{_contact}/associations/companies/{_other}").Status);
        Assert.Empty(Ends("contacts", "companies", _contact));
    }

    [Fact]
    public void Ids_are_text_in_dated_answers_and_numbers_before()
    {
        Create(_company, 279);
        string body = $$$"""{"inputs":[{"id":"{{{_contact}}}"}]}""";
        JsonNode Id(string root) => _portal.Post($"{root}/contacts/companies/batch/read", body).Results[0]!["to"]![0]!["toObjectId"]!;
        Assert.Equal(System.Text.Json.JsonValueKind.String, Id("/crm/associations/2026-09").GetValueKind());
        Assert.Equal(System.Text.Json.JsonValueKind.Number, Id("/crm/v4/associations").GetValueKind());
        Assert.Equal(404, _portal.Get($"{Portal.Newest}/contacts/{_contact}/associations/companies").Status);
        Assert.Equal(200, _portal.Get($"/crm/v4/objects/contacts/{_contact}/associations/companies").Status);
    }

    [Fact]
    public void Ids_without_associations_are_errors_or_missing()
    {
        string body = $$$"""{"inputs":[{"id":"{{{_contact}}}"}]}""";
        Reply told = _portal.Post("/crm/associations/2026-09/contacts/companies/batch/read", body);
        Assert.Equal((207, "crm.associations.NO_ASSOCIATIONS_FOUND"), (told.Status, (string?)told.Errors.Single()!["subCategory"]));
        Reply silent = _portal.Turn("lonely-ids-reported", "false").Post("/crm/associations/2026-09/contacts/companies/batch/read", body);
        Assert.Equal((200, 0), (silent.Status, silent.Results.Count));
    }

    [Fact]
    public void Pages_go_per_record()
    {
        for (int i = 0; i < 501; i++) _portal.Create("contacts", $$"""{"firstname":"{{i}}"}""", $$$"""[{"to":{"id":"{{{_company}}}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]}]""");
        JsonNode first = _portal.Post("/crm/associations/2026-09/companies/contacts/batch/read", $$"""{"inputs":[{"id":"{{_company}}"}]}""").Results.Single()!;
        string after = (string)first["paging"]!["next"]!["after"]!;
        JsonNode second = _portal.Post("/crm/associations/2026-09/companies/contacts/batch/read", $$"""{"inputs":[{"id":"{{_company}}","after":"{{after}}"}]}""").Results.Single()!;
        Assert.Equal((500, 1), (first["to"]!.AsArray().Count, second["to"]!.AsArray().Count));
        Assert.Null(second["paging"]);
    }

    [Fact]
    public void Nothing_is_associated_with_itself_or_moves_without_a_time()
    {
        Assert.Equal(400, _portal.Put($"{Portal.Newest}/companies/{_company}/associations/default/companies/{_company}").Status);
        _portal.Clock.Step(1);
        Create(_company, 279);
        Assert.Equal("2026-09-20T12:00:01.250Z", (string?)_portal.Read("companies", _company).Json["updatedAt"]);
    }

    private void Create(string company, int type)
    {
        Reply reply = _portal.Put($"{Portal.Newest}/contacts/{_contact}/associations/companies/{company}", $$"""[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":{{type}}}]""");
        Assert.True(reply.Status == 201, reply.Json.ToJsonString());
    }

    private void Put(string types) => Assert.Equal(201, _portal.Put($"{Portal.Newest}/contacts/{_contact}/associations/companies/{_company}", types).Status);

    private string[] Ends(string from, string to, string id) =>
        [.. _portal.Post($"/crm/associations/2026-09/{from}/{to}/batch/read", $$"""{"inputs":[{"id":"{{id}}"}]}""").Results.SelectMany(r => r!["to"]!.AsArray()).Select(t => (string)t!["toObjectId"]!)];

    private int[] TypesOf(string from, string to, string id, string toId) =>
        [.. _portal.Post($"/crm/associations/2026-09/{from}/{to}/batch/read", $$"""{"inputs":[{"id":"{{id}}"}]}""").Results.Single()!["to"]!.AsArray().Single(t => (string?)t!["toObjectId"] == toId)!["associationTypes"]!.AsArray().Select(t => (int)t!["typeId"]!).Order()];
}
