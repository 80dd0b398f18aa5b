using Syncline.Composition.Configuration;
using Syncline.Composition.Mappings;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Cli.Tests.Mappings;

public sealed class TryingARule
{
    private static readonly RecordKey Place = new("attio", "people", "1");
    private static readonly FieldSet Remote = FieldSet.Of(("score", FieldValue.Of("many")), ("points", FieldValue.Of("7")));

    [Fact]
    public void A_value_comes_in_by_the_transform_of_the_rule()
    {
        InwardEffect effect = Of(new FieldRule("points", "employees") { Inward = Transforms.Number }).Inward!;
        Assert.Equal((FieldValue.Of(7m), FieldValue.Of("7")), (effect.Gives, effect.Read["points"]));
        Assert.Empty(effect.Refused);
    }

    [Fact]
    public void A_value_the_transform_cannot_take_is_named_and_gives_nothing()
    {
        InwardEffect effect = Of(new FieldRule("score", "employees") { Inward = Transforms.Number }).Inward!;
        Assert.Null(effect.Gives);
        Assert.Equal(["score"], effect.Refused);
    }

    [Fact]
    public void The_first_of_several_rules_that_yields_supplies_the_value()
    {
        InwardEffect effect = Of(new FieldRule("score", "employees") { Inward = Transforms.Number }, new("points", "employees") { Inward = Transforms.Number }).Inward!;
        Assert.Equal(FieldValue.Of(7m), effect.Gives);
        Assert.Equal(["score"], effect.Refused);
        Assert.Equal(2, effect.Read.Count);
    }

    [Fact]
    public void What_only_goes_out_does_not_come_in_and_the_other_way_round()
    {
        Assert.Null(Of(new FieldRule("points", "employees") { Direction = MapDirection.Out }).Inward);
        Assert.Empty(Of(new FieldRule("points", "employees") { Direction = MapDirection.In }).Outward);
        Assert.Empty(RuleEffect.Of("employees", new(Map(new FieldRule("points", "employees")))).Outward);
    }

    [Theory]
    [InlineData(FieldPolicy.HubWins, true)]
    [InlineData(FieldPolicy.FillOnly, false)]
    [InlineData(FieldPolicy.Manual, false)]
    public void The_policy_decides_what_is_written(FieldPolicy policy, bool isWritten)
    {
        OutwardEffect effect = Assert.Single(Of(new FieldRule("points", "employees") { Policy = policy }).Outward);
        Assert.Equal((FieldValue.Of(9m), FieldValue.Of("7"), isWritten, !isWritten), (effect.Sends, effect.Holds, effect.IsWritten, effect.IsKept));
    }

    [Fact]
    public void A_golden_value_the_transform_cannot_take_is_not_sent()
    {
        OutwardEffect effect = Assert.Single(Of(new FieldRule("points", "employees") { Outward = Transforms.Email }).Outward);
        Assert.True(effect is { IsRefused: true, Sends: null });
    }

    [Fact]
    public void Another_remote_field_is_another_way_out_and_the_same_value_no_other_way_in()
    {
        RuleEffect before = Of(new FieldRule("points", "employees")), same = Of(new FieldRule("points", "employees")), after = Of(new FieldRule("other", "employees"));
        Assert.False(before.ComesInOtherwise(same) || before.GoesOutOtherwise(same));
        Assert.True(before.ComesInOtherwise(after) && before.GoesOutOtherwise(after));
        Assert.False(RuleEffect.Of("nothing", new(Map())).GoesOutOtherwise(Of(new FieldRule("points", "employees") { Outward = Transforms.Email, Direction = MapDirection.Out })));
    }

    [Fact]
    public void A_sheet_says_who_each_rule_is_from()
    {
        FieldMap shipped = Map(new("a", "first_name"), new("b", "last_name"), new("c", "email"), new("d", "phone"));
        MapOverride rule = new("attio", RecordKind.Person, "last_name", "bb", new Place(3, 1));
        MapSheet sheet = Assert.Single(MapSheet.Of([shipped], [rule, rule with { Canonical = "email", Remote = null, IsNone = true }, rule with { Canonical = "phone", At = null }, rule with { Canonical = "own" }, rule with { Kind = RecordKind.Company, Canonical = "first_name" }]));
        Assert.Equal(
            [("first_name", "a", RuleOrigin.Shipped), ("last_name", "bb", RuleOrigin.File), ("phone", "bb", RuleOrigin.Environment), ("own", "bb", RuleOrigin.File), ("email", null, RuleOrigin.File)],
            sheet.Lines.Select(l => (l.Canonical, l.Rule?.Remote, l.Origin)));
    }

    private static FieldMap Map(params FieldRule[] rules) => new(RecordKind.Person, "people", rules);

    /// <summary>A record with 9 employees in the hub, linked to a remote one, tried with the planner of a run.</summary>
    private static RuleEffect Of(params FieldRule[] rules)
    {
        FieldMap map = Map(rules);
        GoldenRecord golden = new(5, RecordKind.Person, FieldSet.Of(("employees", FieldValue.Of(9m))));
        Candidate candidate = new(golden, new(Place, RecordKind.Person, 5), map.ToRemote(golden.Fields), []) { Canonical = golden.Fields };
        RemoteState there = new(Array.Empty<Found>().ToLookup(f => f.GoldenId), new Dictionary<string, RemoteRecord> { ["1"] = new(Place, RecordKind.Person, Remote) }, _ => null) { IsFull = true };
        PlannedRecord planned = new Planner("attio", new(RecordKind.Person, "people", []), map).Plan([candidate], there)[0];
        return RuleEffect.Of("employees", new(map) { Shown = Remote, Candidate = candidate, Planned = planned, Held = Remote });
    }
}
