using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Conformance.Destinations;
using Syncline.Conformance.Sources;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;
using static Syncline.Connectors.Tests.Quo.QuoFixture;

namespace Syncline.Connectors.Tests.Quo;

/// <summary>The destination suite on the fake of these tests.</summary>
public sealed class FakeQuoConforms : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) => Task.FromResult<DestinationWorld>(new World());

    private sealed class World : DestinationWorld
    {
        private readonly QuoFixture _quo = new();

        public World() => _quo.Fake.Define("colour", "string");

        public override IDestination Destination => _quo.Destination;

        public override IReadOnlyList<FieldMap> Maps => [_quo.MapWith(new FieldRule("custom.colour", "favourite_colour") { IsRequired = true })];

        public override IReadOnlyList<DestinationSample> Samples => QuoSamples.All;

        public override int CameTooEarly => 0;

        public override Task<int> CountAsync(string stream, CancellationToken cancellationToken) => Task.FromResult(_quo.Fake.Contacts.Count);

        public override void LoseAnswers(int writes) => _quo.Fake.LoseAnswers = writes;

        public override void Fail(int calls) => _quo.Fake.Answer(".*", 500, "<html>bad gateway</html>", calls);

        public override void Throttle(int calls) => _quo.Fake.Throttle = calls;

        public override Task AddByHandAsync(string stream, string id, string field, FieldValue value, CancellationToken cancellationToken)
        {
            _quo.Fake.Find(id)["defaultFields"]![field]!.AsArray().Add(new JsonObject { ["id"] = "by-hand", ["name"] = "Home", ["value"] = value.Text });
            return Task.CompletedTask;
        }

        public override Task<IReadOnlyList<string>> BreakAsync(CancellationToken cancellationToken)
        {
            _quo.Fake.CustomFields.Clear();
            return Task.FromResult<IReadOnlyList<string>>(["custom.colour"]);
        }

        public override ValueTask DisposeAsync()
        {
            _quo.Dispose();
            return base.DisposeAsync();
        }
    }
}

/// <summary>The source suite on the fake of these tests.</summary>
public sealed class FakeQuoSourceConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new World());

    private sealed class World : SourceWorld
    {
        private readonly FakeQuo _fake = new();
        private readonly QuickClock _clock = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        private int _added;

        public override ISource Open(int pageSize) => Open(pageSize, "key-one");

        public override ISource OpenWithBadCredential(int pageSize)
        {
            _fake.Answer(".*", 401, FakeQuo.Error(401, "0800401", "Unauthorized"));
            return Open(pageSize, "another");
        }

        public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
        {
            JsonObject added = _fake.Add($"p-{++_added}", $$"""{"firstName":"Ada {{_added}}"}""");
            return Task.FromResult(new RecordKey("quo", "contacts", (string)added["id"]!));
        }

        public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
        {
            _fake.Find(added.Id)["defaultFields"]!["role"] = $"Role at {_clock.GetUtcNow():O}";
            return Task.FromResult(added);
        }

        public override void Pass(TimeSpan time) => _clock.Pass(time);

        private ISource Open(int pageSize, string key) => new Syncline.Connectors.Quo.QuoProvider().Open(
            new("quo", name => name switch { "api_key" => key, "page_size" => pageSize.ToString(CultureInfo.InvariantCulture), _ => null }),
            new(new System.Net.Http.HttpMessageInvoker(_fake, disposeHandler: false), _clock, new(_clock, new Limits.LocalRateLedger()), Limits.Priority.Manual)).Sources.Single();
    }
}

/// <summary>Contacts the suite writes to Quo.</summary>
internal static class QuoSamples
{
    public static IReadOnlyList<DestinationSample> All { get; } =
    [
        Person with { List = ("emails", Text("ada@example.org"), Text("a.example@example.com")) },
        Person with { List = ("phoneNumbers", Text("+442079460959"), Text("+442079460960")) },
        Person with { Change = new("custom.colour", Text("red")) },
        Person with { Change = new("phoneNumbers", List("+442079460958", "+442079460959")) },
    ];

    private static DestinationSample Person => new(
        "contacts",
        FieldSet.Of(
            ("firstName", Text("Ada")), ("lastName", Text("Example")), ("company", Text("Acme")), ("emails", List("ada@example.com")), ("phoneNumbers", List("+442079460958")),
            ("externalId", Text("3f0c2c1e-1111-4222-8333-444455556666"))),
        new("role", Text("Technical Director"))) { Refused = new("phoneNumbers.unusable", List("555-0100")) };
}
