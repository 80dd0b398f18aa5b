using System.Text.Json.Nodes;
using Syncline.Sandbox.Quo;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>What a v1 PATCH keeps and what it deletes (contract, section 2).</summary>
public sealed class V1Patches
{
    private readonly Office _office = new();
    private readonly Reply _made;

    public V1Patches()
    {
        _office.Quo.App.DefineCustomField("Segment");
        _office.Quo.App.DefineCustomField("Score", "number");
        _made = _office.Make("ext-1", Office.Item("+12025550101") + "," + Office.Item("+12025550102"), Office.Item("ada@example.com"), """
            "customFields":[{"key":"segment","value":"B2B"},{"key":"score","value":1}]
            """);
    }

    [Fact]
    public void Scalars_left_out_stay_and_null_clears()
    {
        Assert.Equal(200, Patch("""{"defaultFields":{"lastName":"Quill"},"source":"attio"}""").Status);
        Assert.Equal(("Ada", "Quill", "attio", "ext-1"), (Held.FirstName, Held.LastName, Held.Source, Held.ExternalId));
        Patch("""{"defaultFields":{"lastName":null},"source":null,"externalId":null}""");
        Assert.Equal(("Ada", null, null, null), (Held.FirstName, Held.LastName, Held.Source, Held.ExternalId));
    }

    [Fact]
    public void Every_array_left_out_is_emptied()
    {
        Patch("""{"defaultFields":{"lastName":"Quill"}}""");
        Assert.Empty(Held.Items);
    }

    [Fact]
    public void An_array_sent_is_what_remains()
    {
        Patch($$"""{"defaultFields":{"phoneNumbers":[{{Office.Item("+12025550109")}}]},"customFields":[{"key":"score","value":2}]}""");
        Assert.Equal(["+12025550109"], Held.Phones);
        Assert.Empty(Held.Emails);
        Assert.Equal((2, null), ((int)Held.Custom("score")!, Held.Custom("segment")));
    }

    [Fact]
    public void An_item_keeps_its_id_only_when_the_id_is_sent()
    {
        Patch($$"""{"defaultFields":{"phoneNumbers":[{{Office.Item("+12025550199", id: PhoneId(0))}},{{Office.Item("+12025550102")}}]} }""");
        QuoContactItem[] phones = [.. Held.Items.Where(i => i.Type == "phone-number")];
        Assert.Equal(["+12025550199", "+12025550102"], Held.Phones);
        Assert.Equal(PhoneId(0), phones[0].Id);
        Assert.NotEqual(PhoneId(1), phones[1].Id);
    }

    [Fact]
    public void A_null_value_removes_its_item()
    {
        Patch($$"""{"defaultFields":{"phoneNumbers":[{"id":"{{PhoneId(0)}}","name":"work","value":null},{{Office.Item("+12025550102", id: PhoneId(1))}}]},"customFields":[{"key":"segment","value":null}]}""");
        Assert.Equal(["+12025550102"], Held.Phones);
        Assert.Null(Held.Custom("segment"));
    }

    [Fact]
    public void A_custom_item_goes_by_key_or_by_id_and_keeps_its_id()
    {
        string id = Held.Items.Single(i => i.Key == "segment").Id;
        Patch($$"""{"customFields":[{"id":"{{id}}","value":"B2C"},{"key":"score","value":2}]}""");
        Assert.Equal(("B2C", id), ((string)Held.Custom("segment")!, Held.Items.Single(i => i.Key == "segment").Id));
        Assert.Equal(2, (int)Held.Custom("score")!);
        Assert.Equal("0801400", Patch("""{"customFields":[{"id":"unknown","value":"x"}]}""").Code);
    }

    [Fact]
    public void The_reading_in_which_only_sent_arrays_replace_is_a_switch()
    {
        _office.Behaviour.PatchArrays = PatchArrays.ReplaceSent;
        Patch($$"""{"defaultFields":{"phoneNumbers":[{{Office.Item("+12025550109")}}]} }""");
        Assert.Equal(["+12025550109"], Held.Phones);
        Assert.Equal(["ada@example.com"], Held.Emails);
        Assert.Equal("B2B", (string)Held.Custom("segment")!);
    }

    [Fact]
    public void The_older_reading_in_which_items_merge_is_a_switch()
    {
        _office.Behaviour.PatchArrays = PatchArrays.Merge;
        Patch($$"""{"defaultFields":{"phoneNumbers":[{"id":"{{PhoneId(0)}}","name":"work","value":null},{{Office.Item("+12025550109")}}]},"customFields":[{"key":"segment","value":"B2C"}]}""");
        Assert.Equal(["+12025550102", "+12025550109"], Held.Phones);
        Assert.Equal(["ada@example.com"], Held.Emails);
        Assert.Equal(("B2C", 1), ((string)Held.Custom("segment")!, (int)Held.Custom("score")!));
    }

    [Theory]
    [InlineData(Strictness.Refuse, 400, "+12025550101")]
    [InlineData(Strictness.Ignore, 200, "+12025550109")]
    public void An_item_id_that_the_contact_lacks_is_a_switch(Strictness strictness, int status, string first)
    {
        _office.Behaviour.UnknownItemIds = strictness;
        Assert.Equal(status, Patch($$"""{"defaultFields":{"phoneNumbers":[{{Office.Item("+12025550109", id: "gone")}}]} }""").Status);
        Assert.Equal(first, Held.Phones[0]);
    }

    [Fact]
    public void A_source_may_be_75_long_here_and_no_longer()
    {
        Assert.Equal(200, Patch($$"""{"source":"{{new string('x', 75)}}"}""").Status);
        Assert.Equal(400, Patch($$"""{"source":"{{new string('x', 76)}}"}""").Status);
    }

    [Theory]
    [InlineData(ReservedSources.V1Create, 200)]
    [InlineData(ReservedSources.Everywhere, 400)]
    public void Whether_reserved_sources_are_refused_here_is_a_switch(ReservedSources where, int status)
    {
        _office.Behaviour.ReservedSources = where;
        Assert.Equal(status, Patch("""{"source":"openphone"}""").Status);
    }

    [Fact]
    public void A_refusal_leaves_everything_as_it_was()
    {
        string before = _office.Get("/v1/contacts/" + _made.Id).Data.ToJsonString();
        _office.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(400, Patch("""{"defaultFields":{"firstName":"X","phoneNumbers":[]},"customFields":[{"key":"nowhere","value":"x"}]}""").Status);
        Assert.Equal(before, _office.Get("/v1/contacts/" + _made.Id).Data.ToJsonString());
    }

    [Fact]
    public void A_write_moves_updatedAt_and_not_createdAt()
    {
        _office.Clock.Advance(TimeSpan.FromSeconds(5));
        JsonNode changed = Patch("""{"defaultFields":{"lastName":"Quill"}}""").Data;
        Assert.Equal(((string)_made.Data["createdAt"]!, "2026-09-15T12:00:05.000Z"), ((string)changed["createdAt"]!, (string)changed["updatedAt"]!));
    }

    [Fact]
    public void A_409_can_meet_a_change_to_an_external_id_that_is_taken()
    {
        _office.Behaviour.Duplicates = DuplicateMode.Conflict409;
        _office.Make("ext-2");
        Assert.Equal(409, Patch("""{"externalId":"ext-2"}""").Status);
        Assert.Equal(200, Patch("""{"externalId":"ext-1"}""").Status);
    }

    private QuoContactView Held => _office.Held(_made.Id);

    private Reply Patch(string body) => _office.Patch("/v1/contacts/" + _made.Id, body);

    private string PhoneId(int index) => (string)_made.Data["defaultFields"]!["phoneNumbers"]![index]!["id"]!;
}
