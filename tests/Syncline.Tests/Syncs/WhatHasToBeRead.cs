using Syncline.Conformance.Time;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;
using Syncline.Syncs;
using Syncline.Tests.InMemory;

namespace Syncline.Tests.Syncs;

public sealed class WhatHasToBeRead
{
    private static readonly FieldRule Out = new("x", "email") { Direction = MapDirection.Out };

    [Fact]
    public void Contacts_alone_need_people_alone() => Assert.Equal(["person"], Needed(Out));

    [Fact]
    public void A_reference_and_a_field_behind_one_need_what_they_refer_to()
    {
        Assert.Equal(["company", "person"], Needed(Out with { Canonical = "company" }));
        Assert.Equal(["company", "person"], Needed(new FieldRule("x", "company/name")));
    }

    [Fact]
    public void Figures_need_the_messages_they_are_reckoned_from() => Assert.Equal(["conversation", "message", "person"], Needed(Out with { Canonical = "messages_sent" }));

    [Fact]
    public void What_is_only_taken_in_needs_nothing() => Assert.Equal(["person"], Needed(new FieldRule("x", "messages_sent") { Direction = MapDirection.In }));

    [Fact]
    public void A_kind_that_the_sync_leaves_out_is_not_needed()
    {
        FieldMap[] maps = [new(RecordKind.Person, "people", [Out]), new(RecordKind.Message, "messages", [new("p", "person")])];
        Assert.Equal(["message", "person"], Needed(new("s", ["a"], ["crm"]), maps));
        Assert.Equal(["person"], Needed(new("s", ["a"], ["crm"]) { Kinds = [RecordKind.Person] }, maps));
    }

    private static IEnumerable<string> Needed(FieldRule rule) => Needed(new("s", ["a"], ["crm"]), new FieldMap(RecordKind.Person, "people", [rule]));

    private static IEnumerable<string> Needed(SyncDefinition sync, params FieldMap[] maps)
    {
        MemoryDestination destination = new(new FakeClock(), [], new DestinationStream(RecordKind.Person, "people", []), new DestinationStream(RecordKind.Message, "messages", []));
        return NeededKinds.Of(sync, [destination], new MapSet().Add("crm", maps)).Select(k => k.Name).Order();
    }
}
