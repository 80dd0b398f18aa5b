using System.Text.Json.Nodes;
using Syncline.Sandbox.Explorium;
using Syncline.Sandbox.Explorium.Companies;

namespace Syncline.Sandbox.Tests.Explorium;

/// <summary>Match and enrich (contract, sections 3 to 5).</summary>
public sealed class MatchingAndEnriching
{
    private readonly Agency _agency = new();

    [Fact]
    public void A_match_keeps_order_and_length_and_echoes_what_was_sent()
    {
        Reply matched = _agency.Match("works1.example.com", "unknown.example.com", "works2.example.com");
        JsonArray items = matched.Json["matched_businesses"]!.AsArray();
        Assert.Equal(["works1.example.com", "unknown.example.com", "works2.example.com"], items.Select(i => (string)i!["input"]!["domain"]!));
        Assert.Equal((3, 2, "success"), ((int)matched.Json["total_results"]!, (int)matched.Json["total_matches"]!, matched.RequestStatus));
        Assert.Matches("^[a-f0-9]{32}$", (string)items[0]!["business_id"]!);
        Assert.True(items[1]!.AsObject().ContainsKey("business_id"));
        Assert.Null(items[1]!["business_id"]);
        Assert.Equal("miss", _agency.Match("unknown.example.com").RequestStatus);
    }

    [Fact]
    public void A_miss_can_be_an_item_with_an_error()
    {
        _agency.Behaviour.MatchMiss = MatchMiss.ErrorItem;
        JsonObject item = _agency.Match("unknown.example.com").Json["matched_businesses"]![0]!.AsObject();
        Assert.Equal(["input", "error", "error_type"], item.Select(p => p.Key));
    }

    [Theory]
    [InlineData("""{"name":"Public Works Inc."}""", true)]
    [InlineData("""{"name":"public","domain":"public.example.com"}""", true)]
    [InlineData("""{"name":"Other","domain":"public.example.com"}""", true)]
    [InlineData("""{"name":"Public Works","domain":"unknown.example.com"}""", false)]
    [InlineData("""{"url":"https://www.public.example.com/about"}""", true)]
    [InlineData("""{"linkedin_url":"https://www.linkedin.com/company/public/"}""", true)]
    [InlineData("""{"linkedin_url":"linkedin.com/company/public"}""", false)]
    [InlineData("""{"domain":"WWW.Public.example.com"}""", true)]
    [InlineData("{}", false)]
    public void The_strategy_of_names_and_domains(string input, bool isFound)
    {
        Reply matched = _agency.Post("/v1/businesses/match", $$"""{"businesses_to_match":[{{input}}]}""");
        string? id = (string?)matched.Json["matched_businesses"]![0]!["business_id"];
        Assert.Equal(isFound ? _agency.Id("public.example.com") : null, id);
    }

    [Fact]
    public void A_name_that_does_not_fit_its_domain_is_a_knob()
    {
        _agency.Behaviour.NameMismatch = NameMismatch.NoMatch;
        Assert.Equal("miss", _agency.Post("/v1/businesses/match", """{"businesses_to_match":[{"name":"Other","domain":"public.example.com"}]}""").RequestStatus);
    }

    [Fact]
    public void A_free_mail_domain_matches_the_mail_provider()
    {
        JsonNode told = _agency.Bulk("firmographics", [_agency.Id("gmail.com")]).Rows[0]!["data"]!;
        Assert.Equal(("Gmail", "https://gmail.com"), ((string)told["name"]!, (string)told["website"]!));
    }

    [Fact]
    public void Any_domain_is_a_plausible_company_the_same_every_time_and_some_are_unknown()
    {
        string[] domains = [.. Enumerable.Range(0, 400).Select(i => $"firm{i}.example.com")];
        Agency other = new();
        (_agency.Behaviour.Misses, other.Behaviour.Misses) = (0.2, 0.2);
        string[] Found(Agency agency) => [.. domains.Chunk(50).SelectMany(c => agency.Match(c).Json["matched_businesses"]!.AsArray()).Select(i => (string?)i!["business_id"]).OfType<string>()];
        string[] found = Found(_agency);
        Assert.InRange(found.Length, 280, 360);
        Assert.Equal(found, Found(other));
        Assert.Equal(found.Length, found.Distinct().Count());
        foreach (string[] ids in found.Chunk(50)) Assert.Equal(ids, _agency.Bulk("firmographics", ids).Rows.Select(r => (string)r!["business_id"]!));
    }

    [Fact]
    public void Every_kind_answers_for_a_public_company_alone_and_in_bulk()
    {
        string id = _agency.Id("public.example.com");
        foreach (Kind kind in Kind.All.Values)
        {
            string parameters = kind.Name switch
            {
                "financial_indicators" => """{"date":"2026-01-01T00:00:00Z"}""",
                "website_traffic" => """{"month_period":"2026-08"}""",
                "company_website_keywords" => """{"keywords":["prices"]}""",
                "bombora_intent" => """{"topics":["crm"],"min_score":61}""",
                _ => "{}",
            };
            Reply one = _agency.Post($"/v1/businesses/{kind.Name}/enrich", $$"""{"business_id":"{{id}}","parameters":{{parameters}}}""");
            Assert.True(one is { Status: 200, RequestStatus: "success" }, kind.Name + one.Raw.Body);
            Assert.NotEmpty(_agency.Bulk(kind.Name, [id], parameters).Rows);
        }
        Assert.Equal(17, Kind.All.Count);
    }

    [Theory]
    [InlineData("private.example.com", "pc_strategy_10k")]
    [InlineData("bare.example.com", "technographics")]
    [InlineData("bare.example.com", "funding_and_acquisition")]
    [InlineData("partial.example.com", "workforce_trends")]
    public void What_there_is_nothing_of_is_a_miss_and_no_error(string domain, string kind)
    {
        Reply told = _agency.Post($"/v1/businesses/{kind}/enrich", $$"""{"business_id":"{{_agency.Id(domain)}}"}""");
        Assert.Equal((200, "miss"), (told.Status, told.RequestStatus));
    }

    [Fact]
    public void A_partial_company_has_little_to_tell_and_the_funding_types_differ()
    {
        Assert.Equal(["business_id", "name", "website"], _agency.Bulk("firmographics", [_agency.Id("partial.example.com")]).Rows[0]!["data"]!.AsObject().Select(p => p.Key));
        JsonNode funding = _agency.Bulk("funding_and_acquisition", [_agency.Id("private.example.com")]).Rows[0]!["data"]!;
        Assert.Equal(("String", "Number"), (funding["last_funding_round_value_usd"]!.GetValueKind().ToString(), funding["first_funding_round_value_usd"]!.GetValueKind().ToString()));
    }

    [Theory]
    [InlineData(MissRows.Omitted, 1)]
    [InlineData(MissRows.RowWithoutData, 2)]
    [InlineData(MissRows.NullData, 2)]
    public void A_row_without_data_has_three_forms(MissRows form, int rows)
    {
        _agency.Behaviour.MissRows = form;
        Reply told = _agency.Bulk("technographics", [_agency.Id("bare.example.com"), _agency.Id("public.example.com")]);
        Assert.Equal(rows, told.Rows.Count);
        if (rows == 2) Assert.Equal(form == MissRows.NullData, told.Rows[0]!.AsObject().ContainsKey("data"));
    }

    [Fact]
    public void Rows_can_come_shuffled_and_an_id_nobody_gave_is_a_miss()
    {
        string[] ids = [.. Enumerable.Range(0, 30).Select(i => _agency.Id($"firm{i}.example.com"))];
        _agency.Behaviour.ShuffleRows = true;
        string[] told = [.. _agency.Bulk("firmographics", ids).Rows.Select(r => (string)r!["business_id"]!)];
        Assert.NotEqual(ids, told);
        Assert.Equal(ids.Order(), told.Order());
        Assert.Equal("miss", _agency.Bulk("firmographics", [new string('0', 32)]).RequestStatus);
    }

    [Fact]
    public void The_data_of_one_can_be_an_array()
    {
        _agency.Behaviour.SingleData = SingleData.Array;
        Assert.Single(_agency.Post("/v1/businesses/firmographics/enrich", $$"""{"business_id":"{{_agency.Id("public.example.com")}}"}""").Rows);
    }

    [Fact]
    public void People_are_matched_by_any_of_their_keys_and_told_of()
    {
        Reply matched = _agency.Post("/v1/prospects/match", """
            {"prospects_to_match":[{"email":"ada.field@public.example.com","linkedin":"https://www.linkedin.com/in/ada-field"},{"linkedin":"https://www.linkedin.com/in/ada-field/"},{"full_name":"Eve Stone"},{"full_name":"Eve Stone","company_name":"Public Works"}]}
            """);
        JsonArray items = matched.Json["matched_prospects"]!.AsArray();
        string id = (string)items[0]!["prospect_id"]!;
        Assert.Matches("^[a-f0-9]{40}$", id);
        Assert.Equal((id, null), ((string)items[1]!["prospect_id"]!, (string?)items[2]!["prospect_id"]));
        Assert.NotNull(items[3]!["prospect_id"]);
        Assert.All(items, i => Assert.Equal(6, i!["input"]!.AsObject().Count));
        JsonNode contacts = _agency.Post("/v1/prospects/contacts_information/enrich", $$"""{"prospect_id":"{{id}}"}""").Json["data"]!;
        Assert.Equal("ada.field@public.example.com", (string)contacts["professions_email"]!);
        JsonNode profile = _agency.Post("/v1/prospects/profiles/bulk_enrich", $$"""{"prospect_ids":["{{id}}"]}""").Rows[0]!["data"]!;
        Assert.Equal(("ada field", "Public Works"), ((string)profile["full_name"]!, (string)profile["company_name"]!));
        Assert.Equal(200, _agency.Post("/v1/prospects/linkedin_posts/enrich", $$"""{"prospect_id":"{{id}}"}""").Status);
    }
}
