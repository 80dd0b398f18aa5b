using Syncline.Sandbox.HeyReach;

namespace Syncline.Sandbox.Tests.HeyReach;

public sealed class Entrance
{
    private readonly Account _account = new(HeyReachWorld.Plain(3, 2));

    [Fact]
    public void A_request_without_a_key_is_a_401_of_text_without_a_content_type()
    {
        SandboxResponse answer = _account.Send("GET", "/auth/CheckApiKey", key: null);
        Assert.Equal((401, "Missing API key", null), (answer.Status, answer.Body, answer.ContentType));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData("HEYREACH-SANDBOX-KEY")]
    public void A_wrong_key_is_a_401_of_text_without_a_content_type(string key)
    {
        SandboxResponse answer = _account.Send("GET", "/auth/CheckApiKey", key: key);
        Assert.Equal((401, "Invalid API key", null), (answer.Status, answer.Body, answer.ContentType));
    }

    [Fact]
    public void The_key_check_answers_200_with_an_empty_body()
    {
        SandboxResponse answer = _account.Send("GET", "/auth/CheckApiKey");
        Assert.Equal((200, ""), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("/inbox/GetConversationsV3")]
    [InlineData("/inbox/GetConversationsV2")]
    [InlineData("/campaign/GetAll")]
    [InlineData("/campaign/GetLeadsFromCampaign")]
    [InlineData("/campaign/GetCampaignsForLead")]
    [InlineData("/list/GetAll")]
    [InlineData("/list/GetLeadsFromList")]
    [InlineData("/lead/GetLead")]
    [InlineData("/li_account/GetAll")]
    [InlineData("/webhooks/GetAllWebhooks")]
    public void A_list_read_by_GET_is_a_405(string path)
    {
        SandboxResponse answer = _account.Send("GET", path);
        Assert.Equal((405, "POST"), (answer.Status, answer.Headers["Allow"]));
    }

    [Theory]
    [InlineData("POST", "/linkedinaccount/GetAll")]
    [InlineData("POST", "/inbox/GetConversationsV4")]
    [InlineData("GET", "/inbox/GetChatroom/1")]
    [InlineData("GET", "/")]
    public void An_unknown_route_is_a_404(string method, string path) => Assert.Equal(404, _account.Send(method, path, "{}").Status);

    [Fact]
    public void A_path_outside_the_base_is_a_404()
    {
        Dictionary<string, string> headers = new() { ["X-API-KEY"] = Account.Key };
        Assert.Equal(404, _account.HeyReach.Handle(new("GET", "/auth/CheckApiKey", "", headers, "")).Status);
    }

    [Fact]
    public void A_revoked_key_is_invalid_and_an_added_one_opens()
    {
        _account.HeyReach.RevokeKey(Account.Key);
        Assert.Equal("Invalid API key", _account.Send("GET", "/auth/CheckApiKey").Body);
        _account.HeyReach.AddKey("second");
        Assert.Equal(200, _account.Send("GET", "/auth/CheckApiKey", key: "second").Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"limit":"many"}""")]
    [InlineData("""{"filters":[]}""")]
    [InlineData("""{"filters":{"linkedInAccountIds":5}}""")]
    [InlineData("""{"from":"yesterday"}""")]
    public void A_body_of_the_wrong_form_is_a_validation_400(string body) => Assert.Single(Account.Refused(_account.Post("/inbox/GetConversationsV3", body)));

    [Fact]
    public void Validation_names_fields_in_pascal_case_and_carries_a_trace_id()
    {
        SandboxResponse answer = _account.Post("/list/GetLeadsFromList", """{"offset":0,"limit":10}""");
        Assert.Equal(["ListId"], Account.Refused(answer));
        Assert.Contains("\"traceId\":\"00-", answer.Body, StringComparison.Ordinal);
    }
}
