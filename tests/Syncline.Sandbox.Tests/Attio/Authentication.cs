namespace Syncline.Sandbox.Tests.Attio;

public sealed class Authentication
{
    private readonly Workbench _bench = new();

    [Theory]
    [InlineData("", "The Authorization header was not provided.")]
    [InlineData("Bearer short", "wrong length")]
    public void A_401_says_what_is_wrong_with_the_header(string header, string text)
    {
        Reply reply = _bench.Send("GET", "/v2/objects", authorization: header);
        Assert.Equal((401, "unauthorized"), (reply.Status, reply.Code));
        Assert.Equal("auth_error", (string?)reply.Json["type"]);
        Assert.Contains(text, reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_token_of_the_right_length_may_have_been_revoked()
    {
        Reply reply = _bench.Send("GET", "/v2/objects", authorization: $"Bearer {new string('z', 64)}");
        Assert.Equal(401, reply.Status);
        Assert.Contains("could not be found", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Basic_with_the_token_as_user_name_works()
    {
        string basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Workbench.Token + ":"));
        Assert.Equal(200, _bench.Send("GET", "/v2/objects", authorization: $"Basic {basic}").Status);
    }

    [Fact]
    public void Self_of_a_known_token_is_active_and_not_wrapped()
    {
        Reply reply = _bench.Get("/v2/self");
        Assert.True((bool)reply.Json["active"]!);
        Assert.Contains("note:read-write", (string?)reply.Json["scope"], StringComparison.Ordinal);
        Assert.Equal("sandbox", (string?)reply.Json["workspace_slug"]);
    }

    [Fact]
    public void Self_of_a_revoked_token_is_200_and_inactive()
    {
        Assert.True(_bench.Simulator.RevokeToken(Workbench.Token));
        Reply reply = _bench.Get("/v2/self");
        Assert.Equal(200, reply.Status);
        Assert.Equal("""{"active":false}""", reply.Json.ToJsonString());
        Assert.Equal(401, _bench.Get("/v2/objects").Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer short")]
    public void Self_without_a_usable_token_is_a_400(string header)
    {
        Reply reply = _bench.Send("GET", "/v2/self", authorization: header);
        Assert.Equal((400, "missing_value"), (reply.Status, reply.Code));
        Assert.StartsWith("Token was not recognised", reply.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("note:read", "GET", "/v2/objects", 403)]
    [InlineData("object_configuration:read", "GET", "/v2/objects", 200)]
    [InlineData("object_configuration:read-write", "GET", "/v2/objects", 200)]
    [InlineData("object_configuration:read", "POST", "/v2/objects", 403)]
    [InlineData("record_permission:read", "POST", "/v2/objects/people/records/query", 403)]
    [InlineData("record_permission:read object_configuration:read", "POST", "/v2/objects/people/records/query", 200)]
    [InlineData("record_permission:read object_configuration:read", "POST", "/v2/objects/people/records", 403)]
    [InlineData("object_configuration:read", "GET", "/v2/lists", 403)]
    [InlineData("list_configuration:read", "GET", "/v2/lists", 200)]
    [InlineData("note:read", "GET", "/v2/notes", 403)]
    [InlineData("note:read object_configuration:read record_permission:read", "GET", "/v2/notes", 200)]
    [InlineData("user_management:read", "GET", "/v2/workspace_members", 200)]
    [InlineData("", "GET", "/v2/workspace_members", 403)]
    public void Each_endpoint_needs_its_scopes(string scopes, string method, string path, int status)
    {
        Reply reply = new Workbench(scopes: scopes).Send(method, path, "{}");
        Assert.Equal(status, reply.Status);
        if (status == 403) Assert.Equal("auth_error", (string?)reply.Json["type"]);
    }

    [Fact]
    public void An_unknown_route_is_named()
    {
        Reply reply = _bench.Get("/v2/objects/people/records");
        Assert.Equal((404, "not_found"), (reply.Status, reply.Code));
        Assert.Equal("Could not find endpoint \"GET /v2/objects/people/records\".", reply.Message);
    }

    [Fact]
    public void Every_answer_carries_an_execution_id_and_its_date()
    {
        Reply read = _bench.Get("/v2/objects"), refused = _bench.Get("/v2/nothing"), query = _bench.Query("people", "{}");
        Assert.All([read, refused, query], r => Assert.True(Guid.TryParse(r.Headers["x-attio-execution-id"], out _)));
        Assert.Equal("Mon, 04 May 2026 09:30:00 GMT", read.Headers["Date"]);
        Assert.Equal("2026-05-04T09:30:00.250000000Z", read.Headers["x-accurate-at"]);
        Assert.Equal("0", query.Headers["x-attio-record-query-score"]);
        Assert.False(read.Headers.ContainsKey("x-attio-record-query-score"));
    }

    [Fact]
    public void Unknown_query_parameters_are_ignored_and_known_ones_checked()
    {
        Assert.Equal(200, _bench.Get("/v2/notes?sort=created_at&zzz=1").Status);
        Assert.Equal((400, "validation_type"), (_bench.Get("/v2/notes?limit=ten").Status, _bench.Get("/v2/notes?limit=ten").Code));
    }
}
