using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.Lemlist;

/// <summary>lemlist's own OpenAPI document, where it lies beside the repository. Good answers of these tests are held against it; here the check itself is tried.</summary>
public sealed class PublishedLemlist
{
    [Theory]
    [InlineData("GET", "/activities", 200, """{"data":[]}""")]
    [InlineData("GET", "/activities", 200, """[{"_id":1}]""")]
    [InlineData("GET", "/activities", 200, """[{"createdAt":"yesterday"}]""")]
    [InlineData("GET", "/contacts", 200, """{"data":[],"total":0,"limit":1}""")]
    [InlineData("GET", "/hooks", 200, """[{"type":"emailsSnailed"}]""")]
    [InlineData("GET", "/campaigns/cam_1/leads", 200, "[]")]
    [InlineData("GET", "/team", 201, "{}")]
    public void What_does_not_fit_is_seen(string method, string path, int status, string body)
    {
        Assert.SkipWhen(Bureau.Published.IsAbsent, "contracts/specs/lemlist.openapi.json is not beside the repository.");
        Assert.NotEmpty(Bureau.Published.Violations(method, path, status, JsonNode.Parse(body)));
    }
}
