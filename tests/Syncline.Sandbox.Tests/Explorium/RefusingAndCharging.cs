using System.Text.Json.Nodes;
using Syncline.Sandbox.Explorium;

namespace Syncline.Sandbox.Tests.Explorium;

/// <summary>Keys, validation, the limit, credits and faults (contract, sections 1 and 7).</summary>
public sealed class RefusingAndCharging
{
    private readonly Agency _agency = new();

    [Fact]
    public void A_key_is_needed_and_a_partner_id_where_the_knob_says_so()
    {
        Assert.Equal(401, _agency.Send("GET", "/v1/credits", key: null).Status);
        Assert.Equal(401, _agency.Send("GET", "/v1/credits", key: null, more: ("Authorization", "Bearer " + Agency.Key)).Status);
        _agency.Behaviour.PartnerIdNeeded = true;
        Assert.Equal("Partner ID is missing", _agency.Send("GET", "/v1/credits").Details);
        Assert.Equal(200, _agency.Send("GET", "/v1/credits", more: ("partner-id", "p1")).Status);
    }

    [Fact]
    public void One_null_id_refuses_the_whole_batch_at_its_index()
    {
        string id = _agency.Id("public.example.com");
        string ids = string.Join(',', Enumerable.Range(0, 9).Select(i => i == 7 ? "null" : $"\"{id}\""));
        Reply refused = _agency.Post("/v1/businesses/firmographics/bulk_enrich", $$"""{"business_ids":[{{ids}}]}""");
        Assert.Equal((422, "body/business_ids/7", "type_error.none.not_allowed"), (refused.Status, refused.Places.Single(), (string)refused.Json["detail"]![0]!["type"]!));
        Assert.Equal(0, _agency.Explorium.SpentAt("/v1/businesses/firmographics"));
    }

    [Theory]
    [InlineData("/v1/businesses/match", """{"businesses_to_match":[]}""", "body/businesses_to_match")]
    [InlineData("/v1/businesses/match", "{}", "body/businesses_to_match")]
    [InlineData("/v1/businesses/match", """{"businesses_to_match":[{"domain":"a.example.com"}],"size":1}""", "body/size")]
    [InlineData("/v1/businesses/match", """{"businesses_to_match":[{"domain":"a.example.com"},{"domian":"b"}]}""", "body/businesses_to_match/1/domian")]
    [InlineData("/v1/businesses/match", """{"businesses_to_match":["a.example.com"]}""", "body/businesses_to_match/0")]
    [InlineData("/v1/prospects/match", """{"prospects_to_match":[{"first_name":"Ada"}]}""", "body/prospects_to_match/0/first_name")]
    [InlineData("/v1/businesses/firmographics/enrich", """{"business_id":"ABC"}""", "body/business_id")]
    [InlineData("/v1/businesses/firmographics/bulk_enrich", """{"business_ids":["0123456789abcdef0123456789abcdef",""]}""", "body/business_ids/1")]
    [InlineData("/v1/businesses/website_traffic/enrich", """{"business_id":"0123456789abcdef0123456789abcdef"}""", "body/parameters/month_period")]
    [InlineData("/v1/businesses/firmographics/enrich", """{"business_id":"0123456789abcdef0123456789abcdef","parameters":{"x":1}}""", "body/parameters/x")]
    [InlineData("/v1/businesses/bombora_intent/enrich", """{"business_id":"0123456789abcdef0123456789abcdef","parameters":{"topics":["a"],"min_score":60}}""", "body/parameters/min_score")]
    [InlineData("/v1/prospects/contacts_information/enrich", """{"prospect_id":"0123456789abcdef0123456789abcdef01234567","parameters":{"contact_types":["fax"]}}""", "body/parameters/contact_types/0")]
    [InlineData("/v1/businesses/match", "{", "body/0")]
    public void What_is_wrong_is_told_with_its_place(string path, string body, string place)
    {
        Reply refused = _agency.Post(path, body);
        Assert.Equal((422, place), (refused.Status, Assert.Single(refused.Places)));
    }

    [Fact]
    public void Fifty_are_taken_and_not_one_more()
    {
        Assert.Equal(200, _agency.Match([.. Enumerable.Range(0, 50).Select(i => $"f{i}.example.com")]).Status);
        Assert.Equal(422, _agency.Match([.. Enumerable.Range(0, 51).Select(i => $"f{i}.example.com")]).Status);
    }

    [Fact]
    public void Two_hundred_entities_pass_in_any_sixty_seconds_however_they_are_asked_for()
    {
        Agency agency = new(limitsOn: true);
        string[] domains = [.. Enumerable.Range(0, 50).Select(i => $"f{i}.example.com")];
        Assert.Equal(["150", "100", "50"], Enumerable.Range(0, 3).Select(_ => agency.Match(domains).Remaining));
        agency.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("0", agency.Match(domains).Remaining);
        Reply refused = agency.Match("one.example.com");
        Assert.Equal((429, "40", "rate_limit_exceeded", 40), (refused.Status, refused.Raw.Headers["Retry-After"], (string)refused.Json["error"]!, (int)refused.Json["retry_after"]!));
        Assert.Equal($"{agency.Clock.Now.AddSeconds(40).ToUnixTimeSeconds()}", refused.Raw.Headers["X-RateLimit-Reset"]);
        agency.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal("149", agency.Match("one.example.com").Remaining);
    }

    [Fact]
    public void Counted_by_request_and_the_other_form_of_a_429_are_knobs()
    {
        Agency agency = new(limitsOn: true);
        (agency.Behaviour.CountedAs, agency.Behaviour.ThrottleForm) = (CountedAs.Requests, ThrottleForm.Code);
        Assert.Equal("199", agency.Match("a.example.com", "b.example.com").Remaining);
        agency.Behaviour.ThrottleNext = 1;
        Assert.Equal(429, (int)agency.Match("a.example.com").Json["code"]!);
    }

    [Fact]
    public void Credits_run_out_with_a_403_and_nothing_is_half_done()
    {
        Agency agency = new(credits: 3);
        string[] ids = [agency.Id("a.example.com"), agency.Id("b.example.com")];
        Assert.Equal(200, agency.Bulk("firmographics", ids).Status);
        Reply refused = agency.Bulk("firmographics", ids);
        Assert.Equal((403, "You have insufficient credits to perform this operation. Please purchase additional credits."), (refused.Status, refused.Details));
        Assert.Equal((2, 1, 1), (agency.Explorium.CreditsSpent, agency.Explorium.CreditsRemaining, (int)agency.Send("GET", "/v1/credits").Json["remaining_credits"]!));
        agency.Explorium.Buy(10);
        Assert.Equal(200, agency.Bulk("firmographics", ids).Status);
    }

    [Fact]
    public void Prices_go_by_endpoint_and_misses_are_paid_or_not()
    {
        string person = (string)_agency.Post("/v1/prospects/match", """{"prospects_to_match":[{"email":"ada@public.example.com"}]}""").Json["matched_prospects"]![0]!["prospect_id"]!;
        string Contacts(string types) => $"{{\"prospect_id\":\"{person}\",\"parameters\":{{\"contact_types\":[{types}]}}}}";
        foreach (string types in (string[])["\"email\"", "\"phone\"", "\"email\",\"phone\""]) _agency.Post("/v1/prospects/contacts_information/enrich", Contacts(types));
        Assert.Equal((12, 0), (_agency.Explorium.SpentAt("/v1/prospects/contacts_information"), _agency.Explorium.SpentAt("/v1/prospects/match")));
        _agency.Bulk("firmographics", [new string('0', 32)]);
        Assert.Equal(1, _agency.Explorium.SpentAt("/v1/businesses/firmographics"));
        _agency.Behaviour.ChargeMisses = false;
        _agency.Bulk("firmographics", [new string('0', 32)]);
        Assert.Equal((1, 2), (_agency.Explorium.SpentAt("/v1/businesses/firmographics"), _agency.Explorium.QueriesAt("/v1/businesses/firmographics")));
        JsonNode usage = _agency.Post("/v1/businesses/firmographics/enrich", $$"""{"business_id":"{{_agency.Id("public.example.com")}}"}""", ("credit-usage", "true")).Json["credit_usage"]!;
        Assert.Equal(1, (int)usage["credits_used"]!);
    }

    [Fact]
    public void Credits_are_told_by_endpoint_and_its_errors_have_their_own_form()
    {
        _agency.Bulk("firmographics", [_agency.Id("public.example.com")]);
        Reply told = _agency.Post("/v1/credits/aggregation", """{"from_date":"2026-09-01","to_date":"2026-09-30","mode":"endpoints"}""");
        Assert.Equal((1, "/v1/businesses/firmographics/bulk_enrich"), ((int)told.Json["total_credits"]!, (string)told.Json["aggregations"]![0]!["endpoint"]!));
        Reply refused = _agency.Post("/v1/credits/aggregation", """{"from_date":"2026-09-30","to_date":"2026-09-01","mode":"endpoints"}""");
        Assert.Equal((400, "failure", "INVALID_DATE_RANGE"), (refused.Status, refused.RequestStatus, (string)refused.Json["error"]!["code"]!));
    }

    [Theory]
    [InlineData(ExploriumFault.ServerError, 500, 0)]
    [InlineData(ExploriumFault.Unavailable, 503, 0)]
    [InlineData(ExploriumFault.OneOff422, 422, 0)]
    [InlineData(ExploriumFault.ServerErrorAfterCharge, 500, 1)]
    [InlineData(ExploriumFault.MalformedJson, 200, 1)]
    [InlineData(ExploriumFault.TruncatedBody, 200, 1)]
    [InlineData(ExploriumFault.Failure, 200, 0)]
    public void The_next_request_fails_once_charged_or_not(ExploriumFault fault, int status, int spent)
    {
        string body = $$"""{"business_id":"{{_agency.Id("public.example.com")}}"}""";
        (_agency.Behaviour.FailNext, _agency.Behaviour.FailWith) = (1, fault);
        SandboxResponse failed = _agency.Raw("POST", "/v1/businesses/firmographics/enrich", body);
        Assert.Equal((status, spent), (failed.Status, _agency.Explorium.CreditsSpent));
        if (fault is ExploriumFault.MalformedJson or ExploriumFault.TruncatedBody) Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(failed.Body));
        if (fault == ExploriumFault.Failure) Assert.Contains("\"failure\"", failed.Body, StringComparison.Ordinal);
        Assert.Equal("success", _agency.Post("/v1/businesses/firmographics/enrich", body).RequestStatus);
    }

    [Fact]
    public void Unknown_paths_are_a_404_with_details() => Assert.Equal("Not Found", _agency.Post("/v2/businesses/match", "{}").Details);

    [Fact]
    public void Every_knob_reads_back_what_it_was_given_and_holdings_show_what_was_met()
    {
        foreach (Knob knob in _agency.Explorium.Knobs)
        {
            string before = knob.Get();
            knob.Set(before);
            Assert.Equal(before, knob.Get());
        }
        _agency.Id("firm.example.com");
        IReadOnlyList<HeldTable> tables = _agency.Explorium.Holds(2);
        Assert.Equal((5, 2), (tables[0].Count, tables[0].Rows.Count));
        Assert.All(tables, t => Assert.All(t.Rows, row => Assert.Equal(t.Columns.Count, row.Count)));
        _agency.Explorium.Happenings.Single(h => h.Name == "forget").Happen("firm.example.com");
        Assert.Equal("miss", _agency.Match("firm.example.com").RequestStatus);
    }
}
