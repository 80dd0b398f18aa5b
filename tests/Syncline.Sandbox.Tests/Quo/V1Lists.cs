using Syncline.Sandbox.Quo;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>Listing contacts on v1 (contract, sections 2 and 5).</summary>
public sealed class V1Lists
{
    private readonly Office _office = new();

    [Theory]
    [InlineData("")]
    [InlineData("?maxResults=0")]
    [InlineData("?maxResults=-1")]
    [InlineData("?maxResults=51")]
    [InlineData("?maxResults=ten")]
    [InlineData("?pageSize=10")]
    public void MaxResults_must_be_there_and_from_1_to_50(string query)
    {
        Reply refused = _office.Get("/v1/contacts" + query);
        Assert.Equal((400, "/query/maxResults"), (refused.Status, refused.FaultPaths.Single()));
    }

    [Fact]
    public void Pages_run_to_the_null_token_and_the_total_is_wrong()
    {
        string[] made = [.. Enumerable.Range(0, 7).Select(_ => _office.Make().Id)];
        Reply first = _office.Get("/v1/contacts?maxResults=3");
        Assert.Equal((3, true), ((int)first.Json!["totalItems"]!, first.NextPage is not null));
        Assert.Equal(made, _office.Walk("/v1/contacts", 3));
        Assert.Null(_office.Get("/v1/contacts?maxResults=7").NextPage);
    }

    [Theory]
    [InlineData(TotalItems.PageSize, 2)]
    [InlineData(TotalItems.Zero, 0)]
    [InlineData(TotalItems.True, 3)]
    public void How_wrong_the_total_is_is_a_switch(TotalItems how, int total)
    {
        for (int i = 0; i < 3; i++) _office.Make();
        _office.Behaviour.TotalItems = how;
        Assert.Equal(total, (int)_office.Get("/v1/contacts?maxResults=2").Json!["totalItems"]!);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("bm90IGEgdG9rZW4=")]
    public void A_page_token_that_nobody_gave_is_a_400(string token) => Assert.Equal(400, _office.Get("/v1/contacts?maxResults=10&pageToken=" + token).Status);

    [Theory]
    [InlineData(ListOrder.OldestFirst)]
    [InlineData(ListOrder.NewestFirst)]
    public void Rows_that_come_and_go_between_pages_make_nobody_twice_and_lose_nobody_who_stays(ListOrder order)
    {
        _office.Behaviour.ListOrder = order;
        string[] made = [.. Enumerable.Range(0, 20).Select(_ => _office.Make().Id)];
        int page = 0;
        List<string> met = _office.Walk("/v1/contacts", 5, () =>
        {
            _office.Quo.App.Delete(made[page++]);
            if (page < 3) _office.Make();
        });
        Assert.Equal(met.Count, met.Distinct().Count());
        Assert.Empty(made[4..].Except(met));
    }

    [Fact]
    public void Filters_repeat_the_key_and_join_with_and()
    {
        string a = _office.Make("a").Id, b = _office.Make("b").Id;
        string c = _office.Make("c", extra: "\"source\":\"attio\"").Id;
        Assert.Equal([a, b], _office.Get("/v1/contacts?maxResults=10&externalIds=b&externalIds=a&externalIds=unknown").Ids);
        Assert.Equal([c], _office.Get("/v1/contacts?maxResults=10&sources=attio").Ids);
        Assert.Empty(_office.Get("/v1/contacts?maxResults=10&sources=attio&externalIds=a").Ids);
        Assert.Equal([a, b, c], _office.Get("/v1/contacts?maxResults=10&sources=attio&sources=public-api").Ids);
        Assert.Empty(_office.Get("/v1/contacts?maxResults=10&externalIds=a,b").Ids);
    }

    [Fact]
    public void More_than_20_external_ids_are_a_400()
    {
        static string Query(int count) => "/v1/contacts?maxResults=50&" + string.Join('&', Enumerable.Range(0, count).Select(i => $"externalIds=ext-{i}"));
        Assert.Equal(200, _office.Get(Query(20)).Status);
        Assert.Equal(["/query/externalIds"], _office.Get(Query(21)).FaultPaths);
    }

    [Theory]
    [InlineData(Strictness.Refuse, 400)]
    [InlineData(Strictness.Ignore, 200)]
    public void The_bracket_form_is_wrong_and_how_it_fails_is_a_switch(Strictness strictness, int status)
    {
        _office.Make("a");
        _office.Behaviour.BracketIds = strictness;
        Reply answer = _office.Get("/v1/contacts?maxResults=10&externalIds%5B%5D=zzz");
        Assert.Equal(status, answer.Status);
        // Ignored, it filters nothing: everybody comes, which is the worse of the two.
        if (status == 200) Assert.Single(answer.Ids);
    }

    [Fact]
    public void A_lookup_by_external_id_right_after_the_create_can_miss_it()
    {
        _office.Behaviour.ReadLag = TimeSpan.FromSeconds(2);
        string id = _office.Make("ext-1").Id;
        _office.Clock.Advance(TimeSpan.FromSeconds(1.999));
        Assert.Empty(_office.Get("/v1/contacts?maxResults=10&externalIds=ext-1").Ids);
        Assert.Empty(_office.Get("/contacts?externalId=ext-1").Ids);
        Assert.Equal(200, _office.Get("/v1/contacts/" + id).Status);
        _office.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([id], _office.Get("/v1/contacts?maxResults=10&externalIds=ext-1").Ids);
    }

    [Theory]
    [InlineData(ReadLagCovers.ByExternalId, 1)]
    [InlineData(ReadLagCovers.EveryList, 0)]
    public void Whether_other_lists_lag_too_is_a_switch(ReadLagCovers covers, int seen)
    {
        (_office.Behaviour.ReadLag, _office.Behaviour.ReadLagCovers) = (TimeSpan.FromSeconds(2), covers);
        _office.Make("ext-1");
        Assert.Equal(seen, _office.Get("/v1/contacts?maxResults=10").Ids.Count);
    }

    [Fact]
    public void An_external_id_given_later_is_found_later()
    {
        string id = _office.Make().Id;
        _office.Clock.Advance(TimeSpan.FromMinutes(1));
        _office.Behaviour.ReadLag = TimeSpan.FromSeconds(2);
        _office.Patch("/v1/contacts/" + id, """{"externalId":"late"}""");
        Assert.Empty(_office.Get("/v1/contacts?maxResults=10&externalIds=late").Ids);
        _office.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([id], _office.Get("/v1/contacts?maxResults=10&externalIds=late").Ids);
    }
}
