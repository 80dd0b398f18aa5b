using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Tests.Attio;

/// <summary>Every written form that the API takes, and what it reads back as.</summary>
public sealed class ValueForms
{
    private readonly Workbench _bench = new Workbench().WithThings();

    [Theory]
    [InlineData("a_text", "\"s\"", "value", "\"s\"")]
    [InlineData("a_text", "[\"s\"]", "value", "\"s\"")]
    [InlineData("a_text", "{\"value\":\"s\"}", "value", "\"s\"")]
    [InlineData("a_text", "[{\"value\":\"s\"}]", "value", "\"s\"")]
    [InlineData("a_number", "3.14", "value", "3.14")]
    [InlineData("a_number", "{\"value\":-2}", "value", "-2")]
    [InlineData("a_checkbox", "true", "value", "true")]
    [InlineData("a_checkbox", "\"true\"", "value", "true")]
    [InlineData("a_checkbox", "{\"value\":false}", "value", "false")]
    [InlineData("a_currency", "4.99", "currency_value", "4.99")]
    [InlineData("a_currency", "\"4.9999\"", "currency_value", "4.9999")]
    [InlineData("a_currency", "{\"currency_value\":4}", "currency_value", "4")]
    [InlineData("a_currency", "4", "currency_code", "\"USD\"")]
    [InlineData("a_date", "\"2026-01-02\"", "value", "\"2026-01-02\"")]
    [InlineData("a_date", "\"2023\"", "value", "\"2023-01-01\"")]
    [InlineData("a_date", "2023", "value", "\"2023-01-01\"")]
    [InlineData("a_date", "\"2023-02\"", "value", "\"2023-02-01\"")]
    [InlineData("a_date", "\"2023-02-03T23:30:00-05:00\"", "value", "\"2023-02-04\"")]
    [InlineData("a_timestamp", "\"2026-01-02T03:04:05.48Z\"", "value", "\"2026-01-02T03:04:05.480000000Z\"")]
    [InlineData("a_timestamp", "\"2026-01-02T03:04\"", "value", "\"2026-01-02T03:04:00.000000000Z\"")]
    [InlineData("a_timestamp", "\"2026-01-02\"", "value", "\"2026-01-02T00:00:00.000000000Z\"")]
    [InlineData("a_timestamp", "{\"value\":\"2026-01-02T03:04:05+01:00\"}", "value", "\"2026-01-02T02:04:05.000000000Z\"")]
    [InlineData("a_rating", "5", "value", "5")]
    [InlineData("a_domain", "\"https://App.Example.co.uk/path?x=1\"", "domain", "\"app.example.co.uk\"")]
    [InlineData("a_domain", "\"app.example.co.uk\"", "root_domain", "\"example.co.uk\"")]
    [InlineData("a_domain", "{\"domain\":\"app.example.com\"}", "root_domain", "\"example.com\"")]
    [InlineData("a_email_address", "\"Jo.Doe@Mail.Example.com\"", "email_address", "\"jo.doe@mail.example.com\"")]
    [InlineData("a_email_address", "\"Jo.Doe@Mail.Example.com\"", "original_email_address", "\"Jo.Doe@Mail.Example.com\"")]
    [InlineData("a_email_address", "{\"email_address\":\"jo@mail.example.com\"}", "email_domain", "\"mail.example.com\"")]
    [InlineData("a_email_address", "\"jo@mail.example.com\"", "email_root_domain", "\"example.com\"")]
    [InlineData("a_email_address", "\"jo@mail.example.com\"", "email_local_specifier", "\"jo\"")]
    [InlineData("a_phone_number", "\"+1 (415) 555-0132\"", "phone_number", "\"\\u002B14155550132\"")]
    [InlineData("a_phone_number", "\"+44 20 7946 0018\"", "country_code", "\"GB\"")]
    [InlineData("a_phone_number", "{\"original_phone_number\":\"020 7946 0018\",\"country_code\":\"GB\"}", "phone_number", "\"\\u002B442079460018\"")]
    [InlineData("a_phone_number", "{\"original_phone_number\":\"020 7946 0018\",\"country_code\":\"GB\"}", "original_phone_number", "\"020 7946 0018\"")]
    public void A_written_form_reads_back_in_the_one_form(string slug, string written, string field, string read)
    {
        JsonNode value = _bench.Create("things", $$"""{"{{slug}}":{{written}}}""").Value(slug);
        Assert.Equal(read, value[field]!.ToJsonString());
    }

    [Theory]
    [InlineData("a_text", "5")]
    [InlineData("a_text", "[\"a\",\"b\"]")]
    [InlineData("a_text", "{\"text\":\"s\"}")]
    [InlineData("a_number", "\"3\"")]
    [InlineData("a_checkbox", "\"yes\"")]
    [InlineData("a_currency", "4.99999")]
    [InlineData("a_currency", "{\"currency_value\":4,\"currency_code\":\"EUR\"}")]
    [InlineData("a_date", "\"2026-02-30\"")]
    [InlineData("a_date", "\"10000-01-01\"")]
    [InlineData("a_timestamp", "\"yesterday\"")]
    [InlineData("a_timestamp", "1700000000")]
    [InlineData("a_timestamp", "\"9999-12-31T23:59:59-05:00\"")]
    [InlineData("a_timestamp", "\"2026-01-02T25:00\"")]
    [InlineData("a_rating", "6")]
    [InlineData("a_rating", "2.5")]
    [InlineData("a_domain", "\"no domain\"")]
    [InlineData("a_email_address", "\"jo@mail.test\"")]
    [InlineData("a_email_address", "\"jo@mail.invalid\"")]
    [InlineData("a_email_address", "\"jo@shop.example\"")]
    [InlineData("a_email_address", "\"jo@localhost\"")]
    [InlineData("a_email_address", "\"jo.example.com\"")]
    [InlineData("a_phone_number", "\"+1 555 010 4477\"")]
    [InlineData("a_phone_number", "\"+44 12\"")]
    [InlineData("tags", "\"Red\"")]
    [InlineData("tags", "null")]
    public void A_wrong_form_is_refused_with_the_attribute_named(string slug, string written)
    {
        Reply reply = _bench.TryCreate("things", $$"""{"{{slug}}":{{written}}}""");
        Assert.Equal((400, "validation_type"), (reply.Status, reply.Code));
        Assert.Equal($"An invalid value was passed to attribute with slug \"{slug}\".", reply.Message);
        Assert.Equal(slug, reply.FaultPath);
        Assert.Empty(_bench.Simulator.Records("things"));
    }

    [Fact]
    public void A_national_number_without_its_country_says_so()
    {
        Reply reply = _bench.TryCreate("people", """{"phone_numbers":["415 555 0132"]}""");
        Assert.Equal("Invalid phone number, possibly due to missing country information", (string?)reply.Json["validation_errors"]![0]!["message"]);
    }

    [Theory]
    [InlineData("\"Doe, Jo\"", "Jo", "Doe", "Jo Doe")]
    [InlineData("\"Jo Doe\"", "Jo Doe", "", "Jo Doe")]
    [InlineData("{\"first_name\":\"Jo\",\"last_name\":\"Doe\",\"full_name\":\"Jo M. Doe\"}", "Jo", "Doe", "Jo M. Doe")]
    public void Names_come_as_text_or_as_three_keys(string written, string first, string last, string full)
    {
        JsonNode name = _bench.Create("people", $$"""{"name":{{written}}}""").Value("name");
        Assert.Equal((first, last, full), ((string?)name["first_name"], (string?)name["last_name"], (string?)name["full_name"]));
    }

    [Fact]
    public void A_name_of_two_keys_is_refused() =>
        Assert.Equal(400, _bench.TryCreate("people", """{"name":{"first_name":"Jo","last_name":"Doe"}}""").Status);

    [Fact]
    public void A_location_has_all_ten_keys_or_is_a_text()
    {
        const string ten = """{"line_1":"1 Main St","line_2":null,"line_3":null,"line_4":null,"locality":"Springfield","region":"IL","postcode":"62701","country_code":"US","latitude":"39.8","longitude":"-89.6"}""";
        Assert.Equal("62701", (string?)_bench.Create("people", $$"""{"primary_location":{{ten}}}""").Value("primary_location")["postcode"]);
        Assert.Equal(400, _bench.TryCreate("people", """{"primary_location":{"locality":"Springfield"}}""").Status);
        JsonNode parsed = _bench.Create("people", """{"primary_location":"Springfield, IL, US"}""").Value("primary_location");
        Assert.Equal(("Springfield", "US"), ((string?)parsed["locality"], (string?)parsed["country_code"]));
    }

    [Fact]
    public void Options_are_written_by_title_or_in_an_object_by_id()
    {
        string red = (string)_bench.Get("/v2/objects/things/attributes/a_select/options").Rows[0]!["id"]!["option_id"]!;
        Assert.Equal("Red", Title("\"Red\""));
        Assert.Equal("Red", Title($$"""{"option":"{{red}}"}"""));
        Assert.Equal("Red", Title($"\"{red}\""));
        string? Title(string written) => (string?)_bench.Create("things", $$"""{"a_select":{{written}}}""").Value("a_select")["option"]!["title"];
    }

    [Fact]
    public void A_bare_option_id_in_an_array_is_answered_200_and_not_stored()
    {
        string red = (string)_bench.Get("/v2/objects/things/attributes/tags/options").Rows[0]!["id"]!["option_id"]!;
        Assert.Empty(_bench.Create("things", $$"""{"tags":["{{red}}"]}""").Values("tags"));
        Assert.Single(_bench.Turn("bare-option-uuid", "store").Create("things", $$"""{"tags":["{{red}}"]}""").Values("tags"));
    }

    [Theory]
    [InlineData("a_select", "\"Pink\"", "Cannot find select attribute with select option title \"Pink\".")]
    [InlineData("tags", "[\"Red\",\"Pink\"]", "Cannot find select attribute with select option title \"Pink\".")]
    [InlineData("a_status", "\"Pink\"", "Cannot find Status with title \"Pink\"")]
    [InlineData("no_such", "1", "Cannot find attribute with slug/ID \"no_such\".")]
    public void What_does_not_exist_is_not_made(string slug, string written, string message)
    {
        Reply reply = _bench.TryCreate("things", $$"""{"{{slug}}":{{written}}}""");
        Assert.Equal((400, "value_not_found", message), (reply.Status, reply.Code, reply.Message));
        Assert.Empty(_bench.Simulator.Records("things"));
    }

    [Fact]
    public void A_reference_is_by_id_by_unique_attribute_or_by_bare_text()
    {
        string person = _bench.Create("people", """{"email_addresses":["jo@example.com"]}""").RecordId;
        foreach (string written in (string[])[$$"""{"target_object":"people","target_record_id":"{{person}}"}""", """{"target_object":"people","email_addresses":[{"email_address":"JO@example.com"}]}""", "\"jo@example.com\""])
        {
            JsonNode value = _bench.Create("things", $$"""{"owner_person":{{written}}}""").Value("owner_person");
            Assert.Equal(("people", person), ((string?)value["target_object"], (string?)value["target_record_id"]));
        }
    }

    [Theory]
    [InlineData("{\"target_object\":\"people\",\"target_record_id\":\"0b1f9b0e-5a6f-4b55-9f0d-0c55c8f0a001\"}", "value_not_found")]
    [InlineData("\"nobody@example.com\"", "value_not_found")]
    [InlineData("{\"target_object\":\"companies\",\"target_record_id\":\"0b1f9b0e-5a6f-4b55-9f0d-0c55c8f0a001\"}", "validation_type")]
    public void A_dangling_or_forbidden_reference_fails_the_write(string written, string code)
    {
        Reply reply = _bench.TryCreate("things", $$"""{"owner_person":{{written}},"a_text":"x"}""");
        Assert.Equal((400, code), (reply.Status, reply.Code));
        Assert.Empty(_bench.Simulator.Records("things"));
    }

    [Fact]
    public void Members_are_written_by_email_or_id()
    {
        JsonNode member = _bench.Get("/v2/workspace_members").Rows[0]!;
        string id = (string)member["id"]!["workspace_member_id"]!, email = (string)member["email_address"]!;
        foreach (string written in (string[])[$"\"{email}\"", $$"""{"workspace_member_email_address":"{{email}}"}""", $$"""{"referenced_actor_type":"workspace-member","referenced_actor_id":"{{id}}"}"""])
        {
            Assert.Equal(id, (string?)_bench.Create("things", $$"""{"a_actor_reference":{{written}}}""").Value("a_actor_reference")["referenced_actor_id"]);
        }
        Assert.Equal(400, _bench.TryCreate("things", """{"a_actor_reference":{"referenced_actor_type":"system","referenced_actor_id":null}}""").Status);
    }

    [Fact]
    public void Currency_may_be_answered_as_text() =>
        Assert.Equal("499.00", (string?)_bench.Turn("currency-as-text", "true").Create("things", """{"a_currency":499}""").Value("a_currency")["currency_value"]);
}
