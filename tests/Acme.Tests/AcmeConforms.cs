using System.Globalization;
using Syncline.Conformance.Destinations;
using Syncline.Conformance.Sources;
using Syncline.Connectors;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Acme.Tests;

// snippet: source-conforms
public sealed class AcmeSourceConforms : SourceConformance
{
    protected override Task<SourceWorld> NewWorldAsync() => Task.FromResult<SourceWorld>(new Contacts());

    private sealed class Contacts : SourceWorld
    {
        private readonly AcmeAccount _acme = new();
        private int _added;

        public override ISource Open(int pageSize) => _acme.Open(pageSize.ToString(CultureInfo.InvariantCulture)).Sources.Single();

        public override ISource? OpenWithBadCredential(int pageSize) => _acme.Open(key: "another").Sources.Single();

        // Every second contact is made in the same instant as the one before.
        public override Task<RecordKey> AddRecordAsync(CancellationToken cancellationToken)
        {
            if (_added++ % 2 == 0) Pass(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(new RecordKey("acme", "contacts", _acme.Simulator.Add($"Ada Example {_added}")));
        }

        public override Task<RecordKey> ChangeRecordAsync(RecordKey added, CancellationToken cancellationToken)
        {
            _acme.Simulator.Edit(added.Id, "title", $"Title at {_acme.Clock.GetUtcNow():O}");
            return Task.FromResult(added);
        }

        public override void Pass(TimeSpan time) => _acme.Clock.Pass(time);
    }
}
// end-snippet

// snippet: destination-conforms
public sealed class AcmeDestinationConforms : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) => Task.FromResult<DestinationWorld>(new Contacts());

    private sealed class Contacts : DestinationWorld
    {
        private readonly AcmeAccount _acme = new();
        private readonly Connection _connection;

        public Contacts() => _connection = _acme.Open();

        public override IDestination Destination => _connection.Destination!;

        public override IReadOnlyList<FieldMap> Maps => _connection.Maps;

        public override IReadOnlyList<DestinationSample> Samples { get; } =
        [
            new("contacts",
                FieldSet.Of(("name", Text("Ada Example")), ("external_id", Text("hub-1")), ("emails", List("ada@example.com")), ("tags", List("vip"))),
                new("title", Text("Engineer")))
            {
                Refused = new("title", Text(new string('x', 81))),
                List = ("emails", Text("ada@example.org"), Text("a.example@example.com")),
            },
        ];

        public override int CameTooEarly => _acme.Faults.CameTooEarly;

        public override Task<int> CountAsync(string stream, CancellationToken cancellationToken) => Task.FromResult(_acme.Simulator.Count);

        public override void LoseAnswers(int writes) => _acme.Faults.LostAnswers = writes;

        public override void Fail(int calls) => _acme.Faults.Failures = calls;

        public override void Throttle(int calls) => _acme.Faults.Throttles = calls;

        public override Task AddByHandAsync(string stream, string id, string field, FieldValue value, CancellationToken cancellationToken)
        {
            _acme.Simulator.AddTo(id, field, value.Text);
            return Task.CompletedTask;
        }

        public override Task<IReadOnlyList<string>> BreakAsync(CancellationToken cancellationToken)
        {
            _acme.Simulator.Happenings.Single(h => h.Name == "remove-field").Happen("external_id");
            return Task.FromResult<IReadOnlyList<string>>(["external_id"]);
        }

        private static FieldValue Text(string text) => FieldValue.Of(text);

        private static FieldValue List(string text) => FieldValue.List([Text(text)])!;
    }
}
// end-snippet
