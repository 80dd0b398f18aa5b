using System.Text.Json.Nodes;
using Syncline.Loading;
using static Syncline.Connectors.Tests.Attio.AttioFixture;

namespace Syncline.Connectors.Tests.Attio;

/// <summary>Attio's own OpenAPI document, where it lies beside the repository. Every fixture holds its calls against it when it closes; here the check itself is tried.</summary>
public sealed class PublishedSchema
{
    private const string Absent = "contracts/specs/attio.openapi.json is not beside the repository.";

    [Fact]
    public async Task Each_kind_of_write_fits_the_schema()
    {
        Assert.SkipWhen(OpenApiCheck.Shared is null, Absent);
        using AttioFixture attio = new();
        FakeRecord ada = attio.Fake.World.Add("people", """{"email_addresses":["ada@example.com"]}""");
        await attio.PrepareAsync();
        await attio.WriteAsync("people", Verb.Update, ada.Id, ("job_title", Text("Engineer")), ("name.first_name", Text("Ada")));
        await attio.WriteAsync("notes", Verb.Create, null, ("person", Syncline.Records.FieldValue.Reference("people", ada.Id)), ("title", Text("T")), ("content", Text("C")));
        Assert.Equal(2, attio.Fake.Writes.Count());
        Assert.Empty(attio.Fake.Violations);
    }

    [Theory]
    [InlineData("GET", "/v2/objects/people/records", null)]
    [InlineData("POST", "/v2/objects/people/records", """{"values":{}}""")]
    [InlineData("POST", "/v2/objects/people/records", """{"data":{"values":{"job_title":"bare"}}}""")]
    [InlineData("PATCH", "/v2/objects/people/records/1", """{"data":{"values":{},"extra":1}}""")]
    [InlineData("POST", "/v2/objects/people/attributes", """{"data":{"title":"T","api_slug":"t","type":"url","description":null,"is_required":false,"is_unique":false,"is_multiselect":false,"config":{}}}""")]
    [InlineData("POST", "/v2/notes", """{"data":{"parent_object":"people","parent_record_id":"no-uuid","title":"T","format":"plaintext","content":"C"}}""")]
    public void What_does_not_fit_is_seen(string method, string path, string? body)
    {
        Assert.SkipWhen(OpenApiCheck.Shared is null, Absent);
        Assert.NotEmpty(OpenApiCheck.Shared.Violations(method, path, body is null ? null : JsonNode.Parse(body)));
    }
}
