using Syncline.Mapping;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Tests.Planning;

public sealed class ComparingAField
{
    /// <summary>Every way in which golden and remote can stand to their base. Letters are values, a dash is none; G to H and R to S are moves.</summary>
    [Theory]
    //          base  now   people   hub         fill    latest   manual
    [InlineData("--", "--", "Keep",  "Keep",     "Keep", "Keep",  "Keep")]
    [InlineData("--", "G-", "Write", "Write",    "Write","Write", "Write")]
    [InlineData("--", "-R", "Keep",  "Keep",     "Keep", "Keep",  "Keep")]
    [InlineData("--", "GG", "Agree", "Agree",    "Agree","Agree", "Agree")]
    [InlineData("--", "GR", "Yield", "Overrule", "Keep", "Yield", "Yield")]
    [InlineData("GR", "GR", "Keep",  "Keep",     "Keep", "Keep",  "Keep")]
    [InlineData("GR", "HR", "Write", "Write",    "Keep", "Write", "Write")]
    [InlineData("GR", "-R", "Write", "Write",    "Keep", "Write", "Write")]
    [InlineData("GR", "RR", "Agree", "Agree",    "Agree","Agree", "Agree")]
    [InlineData("GR", "GS", "Keep",  "Overrule", "Keep", "Keep",  "Keep")]
    [InlineData("GR", "GG", "Keep",  "Keep",     "Keep", "Keep",  "Keep")]
    [InlineData("GR", "G-", "Keep",  "Overrule", "Keep", "Keep",  "Keep")]
    [InlineData("GR", "SS", "Agree", "Agree",    "Agree","Agree", "Agree")]
    [InlineData("GR", "--", "Agree", "Agree",    "Agree","Agree", "Agree")]
    [InlineData("GR", "HS", "Yield", "Overrule", "Keep", "Yield", "Yield")]
    [InlineData("GR", "H-", "Yield", "Overrule", "Keep", "Yield", "Yield")]
    [InlineData("GR", "-S", "Keep",  "Overrule", "Keep", "Keep",  "Keep")]
    [InlineData("G-", "G-", "Keep",  "Keep",     "Keep", "Keep",  "Keep")]
    [InlineData("G-", "H-", "Write", "Write",    "Write","Write", "Write")]
    [InlineData("G-", "--", "Agree", "Agree",    "Agree","Agree", "Agree")]
    [InlineData("G-", "GS", "Keep",  "Overrule", "Keep", "Keep",  "Keep")]
    [InlineData("G-", "HS", "Yield", "Overrule", "Keep", "Yield", "Yield")]
    [InlineData("-R", "-R", "Keep",  "Keep",     "Keep", "Keep",  "Keep")]
    [InlineData("-R", "-S", "Keep",  "Keep",     "Keep", "Keep",  "Keep")]
    [InlineData("-R", "--", "Keep",  "Keep",     "Keep", "Keep",  "Keep")]
    [InlineData("-R", "GR", "Write", "Write",    "Keep", "Write", "Write")]
    [InlineData("-R", "RR", "Agree", "Agree",    "Agree","Agree", "Agree")]
    [InlineData("-R", "GS", "Yield", "Overrule", "Keep", "Yield", "Yield")]
    [InlineData("-R", "G-", "Yield", "Overrule", "Keep", "Yield", "Yield")]
    public void Decides_by_who_moved(string last, string now, string people, string hub, string fill, string latest, string manual)
    {
        FieldPolicy[] policies = [FieldPolicy.PeopleWin, FieldPolicy.HubWins, FieldPolicy.FillOnly, FieldPolicy.Latest, FieldPolicy.Manual];
        Assert.Equal([people, hub, fill, latest, manual], policies.Select(p => FieldDiff.Compare(SidesOf(last), SidesOf(now), p).ToString()));
    }

    [Fact]
    public void Our_own_write_read_back_is_no_change_however_it_was_normalised() =>
        Assert.All(Enum.GetValues<FieldPolicy>(), policy => Assert.Equal(FieldAction.Keep, FieldDiff.Compare(SidesOf("GR"), SidesOf("GR"), policy)));

    [Fact]
    public void Where_the_latest_wins_a_later_golden_value_overrules() =>
        Assert.Equal([FieldAction.Overrule, FieldAction.Yield], new[] { FieldPolicy.Latest, FieldPolicy.PeopleWin }.Select(p => FieldDiff.Compare(SidesOf("GR"), SidesOf("HS"), p, isGoldenLater: true)));

    [Fact]
    public void Where_people_win_a_golden_value_that_was_decided_in_knowledge_of_theirs_overrules() =>
        Assert.Equal([FieldAction.Overrule, FieldAction.Yield], new[] { FieldPolicy.PeopleWin, FieldPolicy.Manual }.Select(p => FieldDiff.Compare(SidesOf("GR"), SidesOf("HS"), p, isDecided: true)));

    [Fact]
    public void A_persons_edit_outlives_every_later_golden_move()
    {
        Sides last = SidesOf("GR");
        foreach (string golden in new[] { "H", "I", "J" })
        {
            Assert.Equal(FieldAction.Yield, FieldDiff.Compare(last, SidesOf(golden + "S"), FieldPolicy.PeopleWin));
            // The base takes the golden value over; the answer stays the one to our last write.
            last = last with { Golden = FieldValue.Of(golden) };
        }
    }

    [Theory]
    [InlineData("ab", "ab", "ab", "ab")]
    [InlineData("ab", "abc", "ab", "abc")]
    [InlineData("ab", "a", "abx", "ax")]
    [InlineData("ab", "ab", "b", "b")]
    [InlineData("ab", "abc", "bx", "bcx")]
    [InlineData("", "ab", "xb", "abx")]
    [InlineData("ab", "", "ab", "")]
    [InlineData("ab", "", "abx", "x")]
    public void A_list_gains_what_we_gained_and_loses_what_we_lost(string sent, string golden, string remote, string expected) =>
        Assert.Equal(List(expected), FieldDiff.MergeList(new(List(sent), List(sent)), new(List(golden), List(remote))));

    [Fact]
    public void A_list_of_one_that_is_answered_as_a_single_value_is_no_difference()
    {
        Sides settled = new(List("a"), FieldValue.Of("a"));
        Assert.Equal(FieldValue.Of("a"), FieldDiff.MergeList(settled, settled));
    }

    private static Sides SidesOf(string two) => new(One(two[0]), One(two[1]));

    private static FieldValue? One(char c) => c == '-' ? null : FieldValue.Of($"{c}");

    private static FieldValue? List(string items) => FieldValue.List(items.Select(c => FieldValue.Of($"{c}")));
}
