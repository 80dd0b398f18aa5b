using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>Quo's own OpenAPI document of v1, where it lies beside the repository. Every answer of these tests is held against it; here the check itself is tried.</summary>
public sealed class PublishedSchema
{
    private const string Absent = "contracts/specs/quo.openapi.json is not beside the repository.";

    [Theory]
    [InlineData("POST", "/v1/contacts", 200, """{"data":{}}""")]
    [InlineData("POST", "/v1/contacts", 201, """{"data":{}}""")]
    [InlineData("GET", "/v1/contacts", 200, """{"data":[],"totalItems":"0","nextPageToken":null}""")]
    [InlineData("GET", "/v1/contact-custom-fields", 200, """{"data":[{"name":"A","key":"a","type":"text"}]}""")]
    [InlineData("GET", "/v1/contacts/1", 404, """{"message":"M","code":"0800400","status":404,"docs":"https://openphone.com/docs","title":"Not Found"}""")]
    [InlineData("GET", "/v1/no-such-call", 200, "{}")]
    public void What_does_not_fit_is_seen(string method, string path, int status, string body)
    {
        Assert.SkipWhen(PublishedQuo.IsAbsent, Absent);
        Assert.NotEmpty(PublishedQuo.Violations(method, path, status, JsonNode.Parse(body)));
    }

    [Fact]
    public void A_contact_with_everything_fits()
    {
        Assert.SkipWhen(PublishedQuo.IsAbsent, Absent);
        Office office = new();
        foreach (string type in (string[])["address", "boolean", "date", "multi-select", "number", "string", "url"]) office.Quo.App.DefineCustomField(type + " field", type);
        Reply made = office.Make("ext-1", Office.Item("+12025550101"), Office.Item("ada@example.com"), """
            "source":"attio","sourceUrl":"https://example.com/people/1","customFields":[{"key":"address-field","value":"1 Example Road"},{"key":"boolean-field","value":true},
            {"key":"date-field","value":"2026-01-02T00:00:00Z"},{"key":"multi-select-field","value":["a","b"]},{"key":"number-field","value":3.5},
            {"key":"string-field","value":"x"},{"key":"url-field","value":"https://example.com"}]
            """);
        Assert.Equal(7, made.Data["customFields"]!.AsArray().Count);
        Assert.Empty(PublishedQuo.Violations("POST", "/v1/contacts", 201, made.Json));
    }
}
