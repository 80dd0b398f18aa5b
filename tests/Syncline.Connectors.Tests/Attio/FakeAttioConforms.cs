using Syncline.Conformance.Destinations;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;
using static Syncline.Connectors.Tests.Attio.AttioFixture;

namespace Syncline.Connectors.Tests.Attio;

/// <summary>The destination suite on the fake of these tests.</summary>
public sealed class FakeAttioConforms : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) => Task.FromResult<DestinationWorld>(new World());

    private sealed class World : DestinationWorld
    {
        private readonly AttioFixture _attio = new();

        public override IDestination Destination => _attio.Destination;

        public override IReadOnlyList<FieldMap> Maps => _attio.Connection.Maps;

        public override IReadOnlyList<DestinationSample> Samples => AttioSamples.All;

        public override int CameTooEarly => 0;

        public override Task<int> CountAsync(string stream, CancellationToken cancellationToken) =>
            Task.FromResult(stream == "notes" ? _attio.Fake.World.Notes.Count : _attio.Fake.World.Records[stream == "messages" ? "linkedin_messages" : stream].Count);

        public override void LoseAnswers(int writes) => _attio.Fake.LoseAnswers = writes;

        public override void Fail(int calls) => _attio.Fake.Answer(".*", "<html>bad gateway</html>", 502, calls);

        public override void Throttle(int calls) => _attio.Fake.Throttle = calls;

        public override Task AddByHandAsync(string stream, string id, string field, FieldValue value, CancellationToken cancellationToken)
        {
            FakeRecord record = _attio.Fake.World.Records[stream].First(r => r.Id == id);
            FakeRecord held = _attio.Fake.World.Add(stream, $$"""{"{{field}}":["{{value.Text}}"]}""");
            _attio.Fake.World.Records[stream].Remove(held);
            record.Values[field].Add(held.Values[field][0]!.DeepClone());
            return Task.CompletedTask;
        }

        public override Task<IReadOnlyList<string>> BreakAsync(CancellationToken cancellationToken)
        {
            _attio.Fake.World.Replace("linkedin_messages", new("message_uid", "text"));
            return Task.FromResult<IReadOnlyList<string>>(["linkedin_messages", "message_uid", "unique"]);
        }

        public override ValueTask DisposeAsync()
        {
            _attio.Dispose();
            return base.DisposeAsync();
        }
    }
}

/// <summary>Records the suite writes to Attio, with the shipped maps.</summary>
internal static class AttioSamples
{
    public static IReadOnlyList<DestinationSample> All { get; } =
    [
        new("companies", FieldSet.Of(("name", Text("Acme")), ("domains", List("acme.example.com")), ("syncline_id", Text("h-c1"))), new("name", Text("Acme Ltd")))
        {
            List = ("domains", Text("acme.example.org"), Text("acme.example.net")),
        },
        Person("people", FieldSet.Of(("email_addresses", List("ada@example.com")))) with { List = ("email_addresses", Text("ada@example.org"), Text("a.example@example.com")) },
        Person("people", FieldSet.Empty),
        new("messages",
            FieldSet.Of(("body", Text("Hello")), ("sent_at", FieldValue.Of(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero))), ("direction", Text("Outbound")), ("message_uid", Text("t:1"))),
            new("channel", Text("dm")))
        {
            References = new Dictionary<string, string> { ["person"] = "people" },
            Refused = new("direction", Text("Sideways")),
        },
        new("notes", FieldSet.Of(("title", Text("Conversation")), ("content", Text("Hello")), ("note_key", Text("conv-1"))), new("content", Text("Hello again")))
        {
            References = new Dictionary<string, string> { ["person"] = "people" },
        },
    ];

    private static DestinationSample Person(string stream, FieldSet more) => new(
        stream,
        FieldSet.Of(
            ("name.first_name", Text("Ada")), ("name.last_name", Text("Example")), ("name.full_name", Text("Ada Example")), ("linkedin", Text("ada-example-01")),
            ("linkedin_url_6", Text("https://www.linkedin.com/in/ada-example-01")), ("heyreach_lead_id", Text("4711")), ("syncline_id", Text("h-1"))).With(more),
        new("job_title", Text("Technical Director"))) { Refused = new("phone_numbers", List("555-0100")) };
}
