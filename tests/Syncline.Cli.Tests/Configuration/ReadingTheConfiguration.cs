using Syncline.Cli.Tests.Invented;
using Syncline.Composition.Configuration;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Cli.Tests.Configuration;

public sealed class ReadingTheConfiguration : IDisposable
{
    private const string Three = """
        connections:
          a: { provider: both, api_key: "${KEY}" }
          b: { provider: both, api_key: "${KEY}" }
          r: { provider: reader, api_key: "${KEY}" }

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-config-");
    private readonly Dictionary<string, string> _environment = [];
    private readonly InventedProvider _reading = new("reader") { CanWrite = false };
    private readonly InventedProvider _both = new("both");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_whole_configuration_is_read()
    {
        SynclineConfiguration read = Read("""
            connections:
              a: { provider: both, api_key: "${KEY}", limits: { writes: 10/s } }
              b: { provider: both, api_key: "${KEY}", page_size: 7, limits: off }
            syncs:
              there:
                from: a
                to: [b]
                every: 15m
                notes: true
                kinds: [person]
                full: yes
                limit: 9
                max_pages: 3
                merge: { person: { job_title: source-of-truth(a), email: latest } }
            maps:
              b:
                person:
                  job_title: { to: position, transform: trim|lower, policy: hub-wins, direction: out, required: true }
                  full_name: none
                  favourite_colour: colour
            alert: { command: "true", webhook: "https://example.com", count_drift: 2%, audit_every: 12h }
            log: { file: somewhere.log, keep: 2, max_mb: 1 }
            """);
        Assert.Empty(read.Warnings);
        SyncConfiguration sync = Assert.Single(read.Syncs);
        Assert.Equal(TimeSpan.FromMinutes(15), sync.Schedule?.Every);
        Assert.True(sync is { WithNotes: true, IsFull: true, Limit: 9, MaxPages: 3 });
        Assert.Equal("a", sync.Policies.Of(RecordKind.Person, "job_title").Connection);
        Assert.Equal(new("writes", 10, TimeSpan.FromSeconds(1)), Assert.Single(read.Connections[0].Limits));
        Assert.True(read.Connections[1].IsUnlimited);
        Assert.Equal("7", read.Connections[1].Settings["page_size"]);
        MapOverride title = read.Maps[0];
        Assert.True(title is { Remote: "position", Policy: FieldPolicy.HubWins, Direction: MapDirection.Out, IsRequired: true, Inward.Name: "trim | lower" });
        Assert.True(read.Maps[1].IsNone);
        Assert.Equal(2, read.Log.Keep);
        Assert.Equal((0.02, TimeSpan.FromHours(12)), (read.Alert.CountDrift, read.Alert.AuditEvery));
    }

    [Fact]
    public void Counts_are_compared_once_a_day_where_nothing_else_is_said_and_not_at_all_unless_asked_for()
    {
        Assert.Equal((0, TimeSpan.FromDays(1)), (Read("alert: { count_drift: 0% }").Alert.CountDrift, Read("alert: { count_drift: 0% }").Alert.AuditEvery));
        Assert.Null(Read("alert: { command: x }").Alert.CountDrift);
    }

    [Theory]
    [InlineData("nonsense: 1", "1:1", "no key 'nonsense'")]
    [InlineData("conections: {}", "1:1", "Did you mean 'connections'?")]
    [InlineData("connections: { a: { provider: bth, api_key: k } }", "1:31", "names no provider: 'bth'. Did you mean 'both'?")]
    [InlineData("connections: { a: { api_key: k } }", "1:16", "does not say which provider")]
    [InlineData("connections: { a: { provider: both } }", "1:16", "has no api_key")]
    [InlineData("connections: { a: { provider: both, api_kye: k } }", "1:37", "Did you mean 'api_key'?")]
    [InlineData("connections: { hub: { provider: both, api_key: k } }", "1:16", "cannot be called 'hub'")]
    [InlineData("connections: { a: { provider: both, api_key: k, page_size: many } }", "1:16", "page_size must be a number")]
    [InlineData("connections: { a: { provider: both, api_key: k, limits: { writes: fast } } }", "1:67", "is no rate: 'fast'")]
    [InlineData("connections: [a]", "1:14", "must hold keys and values")]
    [InlineData("connections: {", "", "This is no YAML")]
    [InlineData("connections: { a: { provider: both, provider: both } }", "", "This is no YAML")]
    [InlineData("log: { keep: 0 }", "1:14", "from 1 to 100")]
    [InlineData("alert: { count_drift: some }", "1:23", "is no share: 'some'")]
    [InlineData("alert: { count_drift: 1%, audit_every: daily }", "1:40", "is no duration: 'daily'")]
    [InlineData("alert: { count_drift: 1%, audit_every: 59m }", "1:40", "an hour at least")]
    [InlineData("alert: { audit_every: 1d }", "1:23", "needs count_drift beside it")]
    [InlineData("alert: { comand: x }", "1:10", "Did you mean 'command'?")]
    public void A_mistake_is_told_with_its_place(string yaml, string place, string message) => Expect(yaml, place, message);

    [Theory]
    [InlineData("from: [a], to: [bb]", "syncs.s.to names no connection: 'bb'. Known: a, b, r.")]
    [InlineData("from: [a]", "does not say what it writes")]
    [InlineData("to: [b]", "does not say what it reads")]
    [InlineData("from: [a], to: [a]", "round in a circle")]
    [InlineData("from: [a], to: [b], deletes: perhaps", "must be one of keep, propagate, not 'perhaps'")]
    [InlineData("from: [a], to: [b], delete_share: 0.1", "is no share: '0.1'")]
    [InlineData("from: [a], to: [b], delete_share: 101%", "is no share: '101%'")]
    [InlineData("from: [a], to: [b], every: soon", "is no duration: 'soon'")]
    [InlineData("from: [a], to: [b], notes: perhaps", "must be true or false")]
    [InlineData("from: [a], to: [b], kinds: [persn]", "Did you mean 'person'?")]
    [InlineData("from: [a], to: [b], limit: -1", "must be a whole number from 1 on")]
    [InlineData("from: [a], to: [b], evry: 1m", "Did you mean 'every'?")]
    [InlineData("from: [a], to: [r]", "is only read, never written")]
    [InlineData("from: [a], to: [b], merge: { person: { job_title: mine } }", "is no merge policy: 'mine'")]
    [InlineData("from: [a], to: [b], merge: { person: { job_title: source-of-truth(c) } }", "names no connection: 'c'")]
    public void A_mistake_in_a_sync_is_told_with_its_line(string sync, string message) => Expect(Three + $"syncs:\n  s: {{ {sync} }}\n", "6:", message);

    [Theory]
    [InlineData("c: {}", "maps names no connection: 'c'")]
    [InlineData("b: { persn: {} }", "Did you mean 'person'?")]
    [InlineData("b: { ticket: {} }", "names no kind of record: 'ticket'")]
    [InlineData("b: { note: { body: text } }", "rules for note, which that connection does not hold")]
    [InlineData("b: { person: { full_name: mail } }", "would both be written to people.mail")]
    [InlineData("b: { person: { email: { transfrom: trim } } }", "Did you mean 'transform'?")]
    [InlineData("b: { person: { email: { transform: shout } } }", "There is no transform 'shout'")]
    [InlineData("b: { person: { email: { transform: trim|lower|trim } } }", "comes back to 'trim'")]
    [InlineData("b: { person: { email: { policy: mine } } }", "must be one of people-win")]
    [InlineData("b: { person: { email: { direction: up } } }", "must be one of both, in, out")]
    public void A_mistake_in_a_map_is_told_with_its_line(string map, string message) => Expect(Three + $"maps:\n  {map}\n", "6:", message);

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        ConfigurationException refused = Assert.Throws<ConfigurationException>(() => Read(Three + "syncs:\n  s: { from: [x], to: [y], every: z }\nlog: { kep: 1 }\n"));
        Assert.Equal(4, refused.Problems.Count);
    }

    [Fact]
    public void A_near_miss_of_a_canonical_field_is_a_warning_and_a_custom_field_is_none()
    {
        Problem warning = Assert.Single(Read(Three + "maps:\n  b: { person: { job_titel: title2, favourite_colour: colour } }\n").Warnings);
        Assert.Contains("Did you mean 'job_title'?", warning.Message, StringComparison.Ordinal);
        Assert.Equal(6, warning.At!.Value.Line);
    }

    [Fact]
    public void A_key_in_the_file_is_warned_of_unless_it_is_for_this_machine()
    {
        SynclineConfiguration read = Read("""
            connections:
              a: { provider: both, api_key: literal }
              b: { provider: both, api_key: literal, base_url: "http://127.0.0.1:5080/b" }
            """);
        Assert.Contains("connections.a.api_key", Assert.Single(read.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_laid_over_the_shipped_map()
    {
        SynclineConfiguration read = Read(Three + "maps:\n  b: { person: { job_title: { to: position, transform: lower }, full_name: none, colour: farbe } }\n");
        FieldMap shipped = new(RecordKind.Person, "people", [new("mail", "email"), new("name", "full_name"), new("title", "job_title") { Policy = FieldPolicy.FillOnly }]);
        FieldMap laid = Assert.Single(MapOverlay.Apply([shipped], read.Maps));
        Assert.Equal(["mail>email", "position>job_title", "farbe>colour"], laid.Rules.Select(r => $"{r.Remote}>{r.Canonical}"));
        Assert.Equal(FieldPolicy.FillOnly, laid.Rules[1].Policy);
        Assert.Equal("lower", laid.Rules[1].Outward!.Name);
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("15m", 900)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    public void Durations_have_a_number_and_a_unit(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.Read(text));

    [Theory]
    [InlineData("10/s", 10, 1)]
    [InlineData("8 / 2s", 8, 2)]
    [InlineData("300/min", 300, 60)]
    [InlineData("250000/d", 250000, 86400)]
    public void Rates_are_so_many_in_a_time(string text, int permits, int seconds) => Assert.Equal(new("x", permits, TimeSpan.FromSeconds(seconds)), Durations.ReadRate("x", text));

    [Theory]
    [InlineData("0/s")]
    [InlineData("10/0s")]
    [InlineData("10 per second")]
    [InlineData("-1/s")]
    [InlineData("")]
    public void What_is_no_rate_is_none(string text) => Assert.Null(Durations.ReadRate("x", text));

    private SynclineConfiguration Read(string yaml)
    {
        string file = Path.Combine(_folder.FullName, "syncline.yaml");
        File.WriteAllText(file, yaml);
        return new ConfigurationReader([_reading, _both], new(name => _environment.GetValueOrDefault(name), Path.Combine(_folder.FullName, ".env"))).Read(_folder.FullName, file);
    }

    private void Expect(string yaml, string place, string message)
    {
        ConfigurationException refused = Assert.Throws<ConfigurationException>(() => Read(yaml));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"syncline.yaml:{place}", refused.Message, StringComparison.Ordinal);
    }
}
