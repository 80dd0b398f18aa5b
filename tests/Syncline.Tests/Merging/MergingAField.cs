using Syncline.Conformance.Time;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Tests.Time;

namespace Syncline.Tests.Merging;

public sealed class MergingAField
{
    private static readonly RecordKey Crm = new("crm", "people", "1"), Inbox = new("inbox", "people", "9"), File = new("file", "rows", "3");
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly MergePolicy CrmIsTrue = new(MergeRule.SourceOfTruth, "crm"), Manual = new(MergeRule.Manual);

    [Fact]
    public void The_first_value_is_taken() => Assert.Equal(("A", "first", false), Decide(Crm, null, "A", golden: null, from: null));

    [Fact]
    public void A_source_that_says_what_it_said_before_changes_nothing() => Assert.Equal(("G", null, false), Decide(Crm, "A", "A", "G", Inbox));

    [Fact]
    public void Agreement_changes_nothing() => Assert.Equal(("G", null, false), Decide(Crm, "A", "G", "G", Inbox));

    [Fact]
    public void The_source_of_a_value_may_change_it() => Assert.Equal(("B", "moved", false), Decide(Crm, "A", "B", "A", Crm));

    [Fact]
    public void So_may_a_source_that_said_the_same() => Assert.Equal(("B", "moved", false), Decide(Inbox, "A", "B", "A", Crm));

    [Fact]
    public void The_source_of_a_value_may_take_it_back() => Assert.Equal((null, "cleared", false), Decide(Crm, "A", null, "A", Crm));

    [Fact]
    public void Another_source_that_no_longer_says_it_takes_nothing_back() => Assert.Equal(("A", null, false), Decide(Inbox, "A", null, "A", Crm));

    [Fact]
    public void Of_two_values_the_later_wins() => Assert.Equal(("B", "latest", false), Decide(Inbox, null, "B", "A", Crm, at: Noon.AddHours(1)));

    [Fact]
    public void The_earlier_loses() => Assert.Equal(("A", null, false), Decide(Inbox, null, "B", "A", Crm, at: Noon.AddHours(-1)));

    [Fact]
    public void A_change_without_a_time_never_beats_a_present_value() => Assert.Equal(("A", null, false), Decide(Inbox, null, "B", "A", Crm, at: null));

    [Fact]
    public void Where_both_had_moved_it_is_a_conflict() => Assert.Equal(("B", "latest", true), Decide(Inbox, "old", "B", "A", Crm, at: Noon.AddHours(1)));

    [Fact]
    public void The_source_of_truth_wins_at_any_time() => Assert.Equal(("B", "source-of-truth", false), Decide(Crm, null, "B", "A", Inbox, at: Noon.AddHours(-1), policy: CrmIsTrue));

    [Fact]
    public void Nobody_else_beats_the_source_of_truth() => Assert.Equal(("A", null, true), Decide(Inbox, "old", "B", "A", Crm, at: Noon.AddHours(1), policy: CrmIsTrue));

    [Fact]
    public void Without_a_word_from_the_source_of_truth_others_may_move() => Assert.Equal(("B", "moved", false), Decide(Inbox, null, "B", "A", File, policy: CrmIsTrue));

    [Fact]
    public void A_source_of_truth_that_changes_its_own_value_is_no_conflict() => Assert.Equal(("B", "source-of-truth", false), Decide(Crm, "A", "B", "A", Crm, policy: CrmIsTrue));

    [Fact]
    public void Who_came_first_stays_where_only_gaps_are_filled() => Assert.Equal(("A", null, true), Decide(Inbox, "old", "B", "A", Crm, at: Noon.AddHours(1), policy: MergePolicy.FillOnly));

    [Fact]
    public void An_identity_keeps_its_first_spelling_even_for_its_own_source() => Assert.Equal(("A", null, false), Decide(Crm, "A", "B", "A", Crm, at: Noon.AddHours(1), policy: MergePolicy.FillOnly));

    [Fact]
    public void Where_a_person_decides_the_disagreement_is_listed() => Assert.Equal(("A", null, true), Decide(Inbox, null, "B", "A", Crm, at: Noon.AddHours(1), policy: Manual));

    [Fact]
    public void A_list_keeps_what_others_added() => Assert.Equal("a, b, c", Lists(Inbox, null, "c", "a b", Crm).Value!.ToString());

    [Fact]
    public void The_source_of_a_list_takes_back_its_own_values_only() => Assert.Equal("b, c", Lists(Crm, "a b", "b", "a b c", Crm).Value!.ToString());

    [Fact]
    public void Another_source_takes_back_what_it_had_shown() => Assert.Equal("b, c", Lists(Inbox, "a b", "b", "a b c", Crm).Value!.ToString());

    [Fact]
    public void Another_source_that_shows_nothing_any_more_takes_back_nothing() => Assert.Equal(("a, b, c", null), (Lists(Inbox, "a b", "", "a b c", Crm).Value!.ToString(), Lists(Inbox, "a b", "", "a b c", Crm).Rule));

    [Fact]
    public void A_source_of_truth_has_the_whole_list() => Assert.Equal(("a, b", "source-of-truth"), (Lists(Crm, "a", "a b", "a c", Inbox, CrmIsTrue).Value!.ToString(), Lists(Crm, "a", "a b", "a c", Inbox, CrmIsTrue).Rule));

    [Fact]
    public void Nobody_adds_to_the_list_of_a_source_of_truth() => Assert.Equal(("a", true), (Lists(Inbox, "a", "a b", "a", Crm, CrmIsTrue).Value!.ToString(), Lists(Inbox, "a", "a b", "a", Crm, CrmIsTrue).IsConflict));

    [Fact]
    public void A_list_that_is_filled_is_not_filled_again() => Assert.Equal("a", Lists(Inbox, null, "b", "a", Crm, MergePolicy.FillOnly).Value!.ToString());

    [Fact]
    public void A_list_that_loses_its_last_value_is_no_value() => Assert.Null(Lists(Crm, "a", "", "a", Crm).Value);

    [Fact]
    public void Sources_that_have_not_moved_change_nothing_in_any_order() => Seeds.Each(300, random =>
    {
        MergePolicy[] policies = [MergePolicy.Latest, MergePolicy.FillOnly, CrmIsTrue, Manual];
        MergePolicy policy = policies[random.Next(policies.Length)];
        bool isList = random.Next(2) == 0;
        RecordKey[] sources = [Crm, Inbox, File];
        Dictionary<RecordKey, Observation> said = sources.ToDictionary(k => k, k => new Observation(null, Any(random, isList), k, random.Next(3) == 0 ? null : Noon.AddHours(random.Next(5))));
        (FieldValue? golden, FieldOrigin? origin) = (null, null);
        foreach (RecordKey source in sources) Take(said[source]);
        FieldValue? settled = golden;
        for (int i = 0; i < 6; i++)
        {
            Observation again = said[sources[random.Next(3)]];
            Take(again with { Seen = again.Now });
        }
        Assert.Equal(settled, golden);

        void Take(Observation observed)
        {
            MergedField merged = FieldMerge.Decide(observed, golden, origin, policy);
            if (merged.Rule is not null) origin = new(observed.Key, 1, observed.ModifiedAt ?? Noon, merged.Rule);
            golden = merged.Value;
        }
    });

    private static FieldValue? Any(Random random, bool isList) => isList
        ? FieldValue.List(Enumerable.Range(0, random.Next(4)).Select(_ => FieldValue.Of($"v{random.Next(5)}")))
        : random.Next(4) == 0 ? null : FieldValue.Of($"v{random.Next(3)}");

    private static (string?, string?, bool) Decide(RecordKey by, string? seen, string? now, string? golden, RecordKey? from, DateTimeOffset? at = null, MergePolicy? policy = null)
    {
        FieldOrigin? origin = from is { } source ? new(source, 1, Noon, "first") : null;
        MergedField merged = FieldMerge.Decide(new(FieldValue.TextOrNone(seen), FieldValue.TextOrNone(now), by, at), FieldValue.TextOrNone(golden), origin, policy ?? MergePolicy.Latest);
        return (merged.Value?.Text, merged.Rule, merged.IsConflict);
    }

    private static MergedField Lists(RecordKey by, string? seen, string now, string golden, RecordKey from, MergePolicy? policy = null) =>
        FieldMerge.Decide(new(List(seen), List(now), by, null), List(golden), new(from, 1, Noon, "first"), policy ?? MergePolicy.Latest);

    private static FieldValue? List(string? text) => FieldValue.List((text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(FieldValue.Of));
}
