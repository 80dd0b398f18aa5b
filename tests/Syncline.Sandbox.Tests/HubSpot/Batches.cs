using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.HubSpot;

public sealed class Batches
{
    private const string Root = "/crm/objects/2026-09/contacts/batch";

    private readonly Portal _portal = new();

    [Fact]
    public void A_body_without_its_wrapper_succeeds_and_does_nothing()
    {
        foreach (string body in (string[])["""{"properties":{"email":"a@example.com"}}""", """{"inputs":[]}""", """[{"properties":{"email":"a@example.com"}}]"""])
        {
            Reply reply = _portal.Post($"{Root}/create", body);
            Assert.Equal(("COMPLETE", 0), ((string?)reply.Json["status"], reply.Results.Count));
        }
        Assert.Empty(_portal.Get("/crm/objects/2026-09/contacts").Results);
    }

    [Fact]
    public void More_than_a_hundred_are_refused()
    {
        Assert.Equal(400, _portal.Post($"{Root}/create", Creates(101)).Status);
        Reply taken = _portal.Post($"{Root}/create", Creates(100));
        Assert.Equal((201, 100), (taken.Status, taken.Results.Count));
    }

    [Fact]
    public void Results_are_not_in_the_order_of_the_inputs()
    {
        Reply reply = _portal.Post($"{Root}/create", Creates(50));
        string?[] emails = [.. reply.Results.Select(r => (string?)r!["properties"]!["email"])];
        Assert.NotEqual(Enumerable.Range(0, 50).Select(i => $"p{i}@example.com"), emails);
        Assert.All(reply.Results, r => Assert.Equal($"p{(string?)r!["objectWriteTraceId"]}@example.com", (string?)r["properties"]!["email"]));
    }

    [Fact]
    public void Without_trace_ids_one_conflict_refuses_all()
    {
        string id = _portal.Contact("p1@example.com");
        Reply refused = _portal.Post($"{Root}/create", Creates(3, traced: false));
        Assert.Equal((409, $"Contact already exists. Existing ID: {id}"), (refused.Status, refused.Message));
        Assert.Single(_portal.Get("/crm/objects/2026-09/contacts").Results);
    }

    [Fact]
    public void With_trace_ids_good_rows_are_taken_and_bad_ones_told()
    {
        string id = _portal.Contact("p1@example.com");
        Reply reply = _portal.Post($"{Root}/create", Creates(3));
        Assert.Equal((207, 2, 1), (reply.Status, reply.Results.Count, (int)reply.Json["numErrors"]!));
        JsonNode error = reply.Errors.Single()!;
        Assert.Equal(("CONFLICT", $"Contact already exists. Existing ID: {id}", "1", id),
            ((string?)error["category"], (string?)error["message"], (string?)error["context"]!["objectWriteTraceId"]![0], (string?)error["context"]!["existingId"]![0]));
        Assert.Equal(201, _portal.Turn("partial-batch", "Success").Post($"{Root}/create", Creates(3)).Status);
    }

    [Theory]
    [InlineData(true, 207)]
    [InlineData(false, 409)]
    public void Two_rows_with_one_address_conflict_without_an_id(bool traced, int status)
    {
        string trace(int i) => traced ? $",\"objectWriteTraceId\":\"{i}\"" : "";
        Reply reply = _portal.Post($"{Root}/create", $$$"""{"inputs":[{"properties":{"email":"a@example.com"}{{{trace(1)}}}},{"properties":{"email":"A@example.com"}{{{trace(2)}}}}]}""");
        Assert.Equal(status, reply.Status);
        Assert.Equal("Contact already exists", traced ? (string?)reply.Errors.Single()!["message"] : reply.Message);
        Assert.Equal(traced ? 1 : 0, _portal.Get("/crm/objects/2026-09/contacts").Results.Count);
    }

    [Fact]
    public void Trace_ids_on_some_rows_are_as_none()
    {
        _portal.Contact("p1@example.com");
        string body = Creates(2).Replace(",\"objectWriteTraceId\":\"0\"", "", StringComparison.Ordinal);
        Assert.Equal(409, _portal.Post($"{Root}/create", body).Status);
        Assert.Equal(400, _portal.Turn("unclear-trace-ids", "Refuse").Post($"{Root}/create", body).Status);
    }

    [Fact]
    public void Reads_report_missing_ids_in_one_error()
    {
        string[] ids = _portal.Contacts(2);
        Reply reply = _portal.Post($"{Root}/read", $$"""{"inputs":[{"id":"{{ids[0]}}"},{"id":"1"},{"id":"{{ids[1]}}"},{"id":"2"}],"properties":["email"]}""");
        Assert.Equal(207, reply.Status);
        Assert.Equal(ids.Order(), reply.Ids.Order());
        JsonNode error = reply.Errors.Single()!;
        Assert.Equal("OBJECT_NOT_FOUND", (string?)error["category"]);
        Assert.Equal(["1", "2"], error["context"]!["ids"]!.AsArray().Select(i => (string?)i));
        Assert.Equal(200, _portal.Post($"{Root}/read", $$"""{"inputs":[{"id":"{{ids[0]}}"}]}""").Status);
        Assert.Equal(ids[1], _portal.Post($"{Root}/read", """{"idProperty":"email","inputs":[{"id":"person1@example.com"}]}""").Ids.Single());
    }

    [Fact]
    public void One_id_twice_is_refused()
    {
        string id = _portal.Contact("a@example.com");
        Reply refused = _portal.Post($"{Root}/read", $$"""{"inputs":[{"id":"{{id}}"},{"id":"{{id}}"}]}""");
        Assert.Equal((400, $"Duplicate IDs found in batch input: [{id}]. IDs must be unique"), (refused.Status, refused.Message));
    }

    [Fact]
    public void Updates_go_by_id_or_unique_property_but_not_by_address()
    {
        _portal.WithUnique("contacts", "lead_key");
        string id = _portal.Create("contacts", """{"email":"a@example.com","lead_key":"K-1"}""");
        Reply byEmail = _portal.Post($"{Root}/update", """{"inputs":[{"id":"a@example.com","idProperty":"email","properties":{"jobtitle":"x"}}]}""");
        Assert.Equal(400, byEmail.Status);
        Assert.StartsWith("Unable to perform update/upsert by non-unique 0-1 property email", byEmail.Message, StringComparison.Ordinal);
        Assert.Equal(400, _portal.Post($"{Root}/update", $$"""{"inputs":[{"id":"{{id}}","idProperty":"hs_object_id","properties":{"jobtitle":"x"} }]}""").Status);
        Assert.Equal(200, _portal.Post($"{Root}/update", """{"inputs":[{"id":"K-1","idProperty":"lead_key","properties":{"jobtitle":"y"}}]}""").Status);
        Reply partly = _portal.Post($"{Root}/update", $$"""{"inputs":[{"id":"{{id}}","properties":{"jobtitle":"z"} },{"id":"5","properties":{"jobtitle":"z"} }]}""");
        Assert.Equal((207, 1, "OBJECT_NOT_FOUND"), (partly.Status, partly.Results.Count, (string?)partly.Errors.Single()!["category"]));
        Assert.Equal("z", _portal.Read("contacts", id, "?properties=jobtitle")["jobtitle"]);
    }

    [Fact]
    public void Upserts_say_what_is_new()
    {
        _portal.WithUnique("contacts", "lead_key");
        string id = _portal.Create("contacts", """{"email":"a@example.com","lead_key":"K-1"}""");
        Reply reply = _portal.Post($"{Root}/upsert", """
            {"inputs":[{"id":"K-1","idProperty":"lead_key","properties":{"jobtitle":"x"},"objectWriteTraceId":"1"},
                       {"id":"K-2","idProperty":"lead_key","properties":{"firstname":"Bo"},"objectWriteTraceId":"2"},
                       {"id":"K-3","idProperty":"lead_key","properties":{"nosuch":"x"},"objectWriteTraceId":"3"}]}
            """);
        Assert.Equal((207, 2), (reply.Status, reply.Results.Count));
        Assert.Equal("3", (string?)reply.Errors.Single()!["context"]!["objectWriteTraceId"]![0]);
        JsonNode old = reply.Results.Single(r => (string?)r!["objectWriteTraceId"] == "1")!, made = reply.Results.Single(r => (string?)r!["objectWriteTraceId"] == "2")!;
        Assert.Equal((id, false, true), ((string?)old["id"], (bool)old["new"]!, (bool)made["new"]!));
        Assert.Equal("K-2", _portal.Read("contacts", (string)made["id"]!, "?properties=lead_key")["lead_key"]);
        Assert.False((bool)_portal.Post($"{Root}/upsert", """{"inputs":[{"id":"A@example.com","idProperty":"email","properties":{"jobtitle":"x"}}]}""").Results.Single()!["new"]!);
    }

    [Fact]
    public void Archives_pass_over_what_is_not_there()
    {
        string[] ids = _portal.Contacts(2);
        Assert.Equal(204, _portal.Post($"{Root}/archive", $$"""{"inputs":[{"id":"{{ids[0]}}"},{"id":"1"}]}""").Status);
        Assert.Equal([ids[1]], _portal.Get("/crm/objects/2026-09/contacts").Ids);
        Assert.Equal([ids[0]], _portal.Post($"{Root}/read?archived=true", $$"""{"inputs":[{"id":"{{ids[0]}}"}]}""").Ids);
    }

    private static string Creates(int count, bool traced = true) => new JsonObject
    {
        ["inputs"] = new JsonArray([.. Enumerable.Range(0, count).Select(i =>
        {
            JsonObject input = new() { ["properties"] = new JsonObject { ["email"] = $"p{i}@example.com" } };
            if (traced) input["objectWriteTraceId"] = $"{i}";
            return input;
        })]),
    }.ToJsonString();
}
