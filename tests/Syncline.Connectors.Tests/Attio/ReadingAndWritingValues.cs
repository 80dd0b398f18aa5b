using System.Text;
using System.Text.Json;
using Syncline.Connectors.Attio;
using Syncline.Records;
using static Syncline.Connectors.Tests.Attio.AttioFixture;

namespace Syncline.Connectors.Tests.Attio;

public sealed class ReadingAndWritingValues
{
    private static readonly AttioOptions Options = new() { Connection = "attio" };

    private static FieldSet Read(string element, string type, bool isMultiselect = false) =>
        new AttioValues(Options).Read(JsonElement.Parse($$"""{"field":[{"active_from":"2026-01-01T00:00:00.000000000Z","active_until":null,"attribute_type":"{{type}}",{{element}}}],"empty":[]}"""),
            new("objects/people", [new("field", type) { IsMultiselect = isMultiselect }, new("empty", "text")]));

    private static string Write(string type, FieldValue value, bool isMultiselect = false, IReadOnlyList<string>? titles = null)
    {
        AttioValueWriter writer = new(Options, new("objects/people", [new("field", type) { IsMultiselect = isMultiselect, Titles = titles }]));
        return Encoding.UTF8.GetString(AttioBody.Data(json => writer.Write(json, FieldSet.Of(("field", value)))))["""{"data":{"field":""".Length..^2];
    }

    public static TheoryData<string, string, FieldValue> Read_shapes => new()
    {
        { "text", "\"value\":\"a \\n b\"", Text("a \n b") },
        { "number", "\"value\":17.25", FieldValue.Of(17.25m) },
        { "number", "\"value\":1e3", FieldValue.Of(1000m) },
        { "rating", "\"value\":4", FieldValue.Of(4m) },
        { "currency", "\"currency_value\":499.5,\"currency_code\":\"EUR\"", FieldValue.Of(499.5m) },
        { "currency", "\"currency_value\":\"499.00\",\"currency_code\":\"EUR\"", FieldValue.Of(499m) },
        { "checkbox", "\"value\":true", FieldValue.Of(true) },
        { "date", "\"value\":\"2026-01-02\"", FieldValue.Of(new DateOnly(2026, 1, 2)) },
        { "timestamp", "\"value\":\"2026-05-09T21:43:08.123456789Z\"", FieldValue.Of(new DateTimeOffset(2026, 5, 9, 21, 43, 8, TimeSpan.Zero).AddTicks(1234567)) },
        { "interaction", "\"interaction_type\":\"email\",\"interacted_at\":\"2026-05-09T21:43:08Z\"", FieldValue.Of(new DateTimeOffset(2026, 5, 9, 21, 43, 8, TimeSpan.Zero)) },
        { "select", "\"option\":{\"id\":{\"option_id\":\"o\"},\"title\":\"Inbound\",\"is_archived\":false}", Text("Inbound") },
        { "status", "\"status\":{\"id\":{\"status_id\":\"s\"},\"title\":\"Won\"}", Text("Won") },
        { "status", "\"status\":\"11111111-1111-1111-1111-111111111111\"", Text("11111111-1111-1111-1111-111111111111") },
        { "record-reference", "\"target_object\":\"linkedin_messages\",\"target_record_id\":\"r1\"", FieldValue.Reference("messages", "r1") },
        { "record-reference", "\"target_object\":\"deals\",\"target_record_id\":\"r1\"", FieldValue.Reference("deals", "r1") },
        { "actor-reference", "\"referenced_actor_type\":\"workspace-member\",\"referenced_actor_id\":\"m1\"", Text("m1") },
        { "domain", "\"domain\":\"app.example.com\",\"root_domain\":\"example.com\"", Text("app.example.com") },
        { "email-address", "\"email_address\":\"ada@example.com\",\"original_email_address\":\"Ada@example.com\"", Text("ada@example.com") },
        { "phone-number", "\"phone_number\":\"+15550100\",\"original_phone_number\":\"555-0100\",\"country_code\":\"US\"", Text("+15550100") },
        { "phone-number", "\"normalized_phone_number\":\"+15550100\"", Text("+15550100") },
    };

    [Theory]
    [MemberData(nameof(Read_shapes))]
    public void Each_type_is_read(string type, string element, FieldValue expected)
    {
        Assert.Equal(expected, Read(element, type)["field"]);
        Assert.Equal(FieldValue.List([expected]), Read(element, type, isMultiselect: true)["field"]);
    }

    [Fact]
    public void Composite_values_become_dotted_fields()
    {
        FieldSet name = Read("\"first_name\":\"Ada\",\"last_name\":\"\",\"full_name\":\"Ada\"", "personal-name");
        Assert.Equal(FieldSet.Of(("field.first_name", Text("Ada")), ("field.full_name", Text("Ada"))), name);
        FieldSet place = Read("\"line_1\":null,\"locality\":\"Paris\",\"country_code\":\"FR\"", "location");
        Assert.Equal(FieldSet.Of(("field.locality", Text("Paris")), ("field.country_code", Text("FR"))), place);
        Assert.Equal("EUR", Read("\"currency_value\":1,\"currency_code\":\"EUR\"", "currency")["field.currency_code"]?.Text);
    }

    [Fact]
    public void Values_of_the_past_are_not_read()
    {
        FieldSet fields = new AttioValues(Options).Read(
            JsonElement.Parse("""{"field":[{"active_until":"2026-01-02T00:00:00Z","attribute_type":"text","value":"old"},{"active_until":null,"attribute_type":"text","value":"new"}]}"""),
            new("objects/people", [new("field", "text")]));
        Assert.Equal("new", fields["field"]?.Text);
    }

    public static TheoryData<string, FieldValue, string> Written_shapes => new()
    {
        { "text", Text("a"), "[\"a\"]" },
        { "text", List("a", "b"), "[\"a, b\"]" },
        { "number", FieldValue.Of(1.5m), "[1.5]" },
        { "number", Text("12"), "[12]" },
        { "number", Text("many"), "[\"many\"]" },
        { "currency", FieldValue.Of(1.23456m), "[1.2346]" },
        { "checkbox", FieldValue.Of(true), "[true]" },
        { "date", FieldValue.Of(new DateTimeOffset(2026, 1, 2, 23, 0, 0, TimeSpan.Zero)), "[\"2026-01-02\"]" },
        { "timestamp", FieldValue.Of(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)), "[\"2026-01-02T03:04:05Z\"]" },
        { "select", Text("won"), "[\"Won\"]" },
        { "select", Text("new"), "[\"new\"]" },
        { "record-reference", FieldValue.Reference("messages", "r1"), "[{\"target_object\":\"linkedin_messages\",\"target_record_id\":\"r1\"}]" },
        { "record-reference", Text("example.com"), "[\"example.com\"]" },
        { "actor-reference", Text("eve@example.com"), "[{\"workspace_member_email_address\":\"eve@example.com\"}]" },
        { "actor-reference", Text("m1"), "[{\"referenced_actor_type\":\"workspace-member\",\"referenced_actor_id\":\"m1\"}]" },
    };

    [Theory]
    [MemberData(nameof(Written_shapes))]
    public void Each_type_is_written_as_an_array(string type, FieldValue value, string expected) => Assert.Equal(expected, Write(type, value, titles: ["Won"]));

    [Theory]
    [InlineData("email-address")]
    [InlineData("domain")]
    [InlineData("phone-number")]
    [InlineData("select")]
    public void A_multiselect_is_written_with_all_its_values(string type) => Assert.Equal("""["a","b"]""", Write(type, List("b", "a"), isMultiselect: true));

    [Theory]
    [InlineData("Ada Example", null, null, "Ada", "Example", "Ada Example")]
    [InlineData("Ada", null, null, "Ada", "", "Ada")]
    [InlineData(null, "Ada", null, "Ada", "", "Ada")]
    [InlineData(null, "Ada", "Example", "Ada", "Example", "Ada Example")]
    [InlineData("A. Example", "Ada", null, "Ada", "", "A. Example")]
    public void A_name_is_written_with_all_three_keys(string? full, string? first, string? last, string writtenFirst, string writtenLast, string writtenFull)
    {
        AttioValueWriter writer = new(Options, new("objects/people", [new("name", "personal-name")]));
        FieldSet fields = FieldSet.Of(("name.full_name", FieldValue.TextOrNone(full)), ("name.first_name", FieldValue.TextOrNone(first)), ("name.last_name", FieldValue.TextOrNone(last)));
        JsonElement name = JsonElement.Parse(AttioBody.Data(json => writer.Write(json, fields))).GetProperty("data").GetProperty("name")[0];
        Assert.Equal([writtenFirst, writtenLast, writtenFull], AttioValues.NameParts.Select(p => name.GetProperty(p).GetString()!));
    }
}
