using Syncline.Conformance.Time;
using Syncline.Matching;
using Syncline.Records;
using Syncline.Tests.Time;

namespace Syncline.Tests.Matching;

public sealed class WhoseRecordItIs
{
    private readonly Dictionary<IdentityKey, long> _owners = [];
    private readonly Dictionary<long, FieldSet> _golden = [];

    [Fact]
    public void Nobody_yet_when_no_key_is_known() => Assert.IsType<Match.New>(Decide(("email", "jane@example.com")));

    [Fact]
    public void The_strongest_known_key_decides()
    {
        Know(1, ("linkedin", "jane"), ("email", "jane@example.com"));
        Assert.Equal(new Match.Known(1, "linkedin"), Decide(("email", "jane@example.com"), ("linkedin", "jane")));
    }

    [Fact]
    public void A_weaker_key_decides_where_a_stronger_one_says_nothing()
    {
        Know(1, ("email", "jane@example.com"));
        Assert.Equal(new Match.Known(1, "email"), Decide(("email", "jane@example.com"), ("linkedin", "jane")));
    }

    [Fact]
    public void A_different_stronger_key_contradicts_a_shared_weaker_one()
    {
        Know(1, ("linkedin", "jane"), ("email", "office@example.com"));
        Match.Ambiguous match = Assert.IsType<Match.Ambiguous>(Decide(("email", "office@example.com"), ("linkedin", "joan")));
        Assert.Equal("contradicting-identity", match.Code);
        Assert.Contains("person/1", match.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_different_weaker_key_does_not_contradict_a_shared_stronger_one()
    {
        Know(1, ("linkedin", "jane"), ("email", "jane@example.com"));
        Assert.Equal(new Match.Known(1, "linkedin"), Decide(("linkedin", "jane"), ("email", "jane@example.org")));
    }

    [Fact]
    public void Keys_of_two_records_are_never_guessed_between()
    {
        Know(1, ("email", "jane@example.com"));
        Know(2, ("linkedin", "jane"));
        Assert.Equal("ambiguous-identity", Assert.IsType<Match.Ambiguous>(Decide(("email", "jane@example.com"), ("linkedin", "jane"))).Code);
    }

    [Fact]
    public void Ids_of_two_registers_say_nothing_about_each_other()
    {
        Know(RecordKind.Company, 1, ("external_id", "cik:42"), ("domain", "acme.example.com"));
        Assert.Equal(new Match.Known(1, "domain"), Decide(RecordKind.Company, ("external_id", "crm:7"), ("domain", "acme.example.com")));
        Assert.IsType<Match.Ambiguous>(Decide(RecordKind.Company, ("external_id", "cik:43"), ("domain", "acme.example.com")));
    }

    [Fact]
    public void A_companys_name_counts_only_where_nothing_contradicts_it()
    {
        Know(RecordKind.Company, 1, ("name", "Acme"), ("domain", "acme.example.com"));
        Assert.Equal(new Match.Known(1, "name"), Decide(RecordKind.Company, ("name", "ACME Inc.")));
        Assert.IsType<Match.New>(Decide(RecordKind.Company, ("name", "ACME Inc."), ("domain", "acme.example.org")));
    }

    [Fact]
    public void Namesakes_and_colleagues_are_never_one_person() => Seeds.Each(200, random =>
    {
        WhoseRecordItIs hub = new();
        for (int i = 0; i < 30; i++)
        {
            (string, string)[] person = [.. KeysOf(random, i), ("full_name", $"Jane {random.Next(2)}"), ("phone", "+12025550100"), ("company_name", "Acme"), ("job_title", "CTO")];
            Match match = hub.Decide(RecordKind.Person, person);
            Assert.True(match is Match.New, $"{string.Join(", ", person)}: {match}");
            hub.Know(i + 1, person);
        }
    });

    private static IEnumerable<(string, string)> KeysOf(Random random, int i)
    {
        if (random.Next(2) == 0) yield return ("linkedin", $"jane-{i}");
        if (random.Next(2) == 0) yield return ("email", $"jane{i}@example.com");
        if (random.Next(2) == 0) yield return ("external_id", $"crm:{i}");
    }

    private Match Decide(params (string, string)[] fields) => Decide(RecordKind.Person, fields);

    private Match Decide(RecordKind kind, params (string, string)[] fields) =>
        Matcher.Decide(IdentityKeys.Of(kind, SetOf(fields)), key => _owners.TryGetValue(key, out long owner) ? owner : null, id => _golden[id]);

    private void Know(long id, params (string, string)[] fields) => Know(RecordKind.Person, id, fields);

    private void Know(RecordKind kind, long id, params (string, string)[] fields)
    {
        _golden[id] = SetOf(fields);
        foreach ((IdentityKey key, _) in IdentityKeys.Of(kind, _golden[id])) _owners.TryAdd(key, id);
    }

    private static FieldSet SetOf((string Name, string Text)[] fields) => FieldSet.Of(fields.Select(f => (f.Name, (FieldValue?)FieldValue.Of(f.Text))));
}
