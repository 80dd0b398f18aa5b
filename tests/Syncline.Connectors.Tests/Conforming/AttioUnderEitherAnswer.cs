using Syncline.Connectors.Tests.Attio;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Records;
using Syncline.Sandbox.Attio;
using static Syncline.Connectors.Tests.Attio.AttioFixture;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>What Attio's documents leave open may be either way: what is written and read back is the same.</summary>
public sealed class AttioUnderEitherAnswer
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("write-read-only=ignore")]
    [InlineData("query-limit-over-500=clamp")]
    [InlineData("conflict-tail=always")]
    [InlineData("conflict-tail=never")]
    [InlineData("bare-option-uuid=store")]
    [InlineData("text-eq-ignores-case=true")]
    [InlineData("delete-cascade=false")]
    [InlineData("auto-company=false")]
    [InlineData("titles-ignore-case=true")]
    [InlineData("archived-options-writable=true")]
    [InlineData("rewrite-makes-history=true")]
    [InlineData("default-order=scrambled")]
    [InlineData("text-not-empty=true")]
    [InlineData("merge-delay=00:00:10")]
    public async Task The_same_is_written_and_read_back(string knob)
    {
        foreach (Func<AttioSimulator, AttioSimulator> workspace in (Func<AttioSimulator, AttioSimulator>[])[AttioWorkspaces.LinkedInReady, SandboxConnections.AsFound])
        {
            Assert.Equal(await RunAsync(workspace, null), await RunAsync(workspace, knob));
        }
    }

    /// <summary>Somebody's record is found or made, given two messages and a note, changed, written twice, and removed: what became of each step, and what stands there in the end.</summary>
    private static async Task<IReadOnlyList<string>> RunAsync(Func<AttioSimulator, AttioSimulator> workspace, string? knob)
    {
        Job job = new(SandboxConnections.Attio(workspace), knob);
        await job.PrepareAsync();
        // Differs from the one we look for in case alone: text is compared as it stands, and a record found by it would be somebody else's.
        job.Sandbox.Simulator.CreateByPerson("people", new() { ["linkedin"] = "Ada-Example-01x" });
        string ada = await job.WriteAsync("people", Verb.Create, null, [.. AttioSamples.All.First(s => s.Stream == "people").Fields.Select(f => (f.Name, (FieldValue?)f.Value))]);
        string bob = await job.WriteAsync("people", Verb.Create, null, ("name.full_name", Text("Bob Example")), ("name.first_name", Text("Bob")), ("name.last_name", Text("Example")), ("syncline_id", Text("h-2")));
        await job.WriteAsync("people", Verb.Update, bob, ("email_addresses", List("ada@example.com")));
        await job.WriteAsync("people", Verb.Update, ada, ("job_title", Text("Director")));
        await job.FindAsync("people", ("email_addresses", List("ADA@example.com")));
        foreach (string uid in (string[])["t:1", "t:2", "t:1"])
        {
            await job.WriteAsync("messages", Verb.Create, null, ("person", FieldValue.Reference("people", ada)), ("message_uid", Text(uid)), ("body", Text("Hello")), ("direction", Text("Outbound")));
        }
        await job.WriteAsync("notes", Verb.Create, null, ("person", FieldValue.Reference("people", ada)), ("title", Text("Conversation")), ("content", Text("Hello")), ("note_key", Text("c-1")));
        await job.WriteAsync("people", Verb.Delete, bob);
        await job.WriteAsync("people", Verb.Update, bob, ("job_title", Text("Nobody")));
        await job.ReadAsync("people");
        await job.ReadAsync("messages");
        return job.Lines;
    }

    private sealed class Job
    {
        // What Attio adds by itself is no part of what was written: creation times, and the company it makes for a work address.
        private static readonly string[] Theirs = ["created_at", "created_by", "company", "record_id"];

        private readonly Connection _connection;
        private readonly Dictionary<string, string> _names = [];

        public Job(SandboxConnection<AttioSimulator> sandbox, string? knob)
        {
            Sandbox = sandbox;
            if (knob?.Split('=') is [var name, var value]) sandbox.Turn(name, value);
            _connection = sandbox.Open(("page_size", "2"));
        }

        public SandboxConnection<AttioSimulator> Sandbox { get; }

        public List<string> Lines { get; } = [];

        public Task PrepareAsync() => _connection.Destination!.PrepareAsync(_connection.Maps, Token);

        public async Task<string> WriteAsync(string stream, Verb verb, string? id, params (string, FieldValue?)[] fields)
        {
            FieldSet set = FieldSet.Of(fields);
            Operation operation = new($"op-{Lines.Count}", new("attio", stream), Stream(stream).Kind, 1, verb, set) { RemoteId = id, Desired = set };
            WriteOutcome outcome = (await _connection.Destination!.WriteAsync(Stream(stream), [operation], Token))[0];
            string written = (outcome as WriteOutcome.Written)?.Record.Key.Id ?? "";
            Lines.Add($"{stream} {verb} {Named(id ?? "")}: {Told(outcome)}");
            return written;
        }

        public async Task FindAsync(string stream, params (string, FieldValue?)[] fields)
        {
            IReadOnlyList<Found> found = await _connection.Destination!.FindAsync(Stream(stream), [new(1, FieldSet.Of(fields))], Token);
            Lines.Add($"{stream} found: {string.Join(", ", found.Select(f => Named(f.Record.Key.Id)).Order(StringComparer.Ordinal))}");
        }

        public async Task ReadAsync(string stream)
        {
            ReadRequest everything = new(null) { Known = new Versions(), IsFull = true };
            await foreach (Page page in _connection.Sources.Single(s => s.Stream.Id.Name == stream).ReadAsync(everything, Token))
            {
                Lines.AddRange(page.Records.Select(r => $"{stream} {Named(r.Key.Id)}: {Ours(r)}"));
            }
        }

        private DestinationStream Stream(string name) => _connection.Destination!.Streams.First(s => s.Stream == name);

        // The number of the record instead of its id, which the simulator draws.
        private string Named(string id) => id.Length == 0 ? "" : _names.TryGetValue(id, out string? name) ? name : _names[id] = $"#{_names.Count}";

        private string Told(WriteOutcome outcome) => outcome switch
        {
            WriteOutcome.Written written => $"written {Named(written.Record.Key.Id)} {Ours(written.Record)}",
            WriteOutcome.Refused refused => $"refused {refused.Code}, held by {Named(refused.ConflictingId ?? "")}",
            _ => outcome.GetType().Name,
        };

        private string Ours(RemoteRecord record) =>
            string.Join("; ", record.Fields.Where(f => !Theirs.Contains(f)).Select(f => $"{f.Name}={string.Join(",", f.Value.Items.Select(i => i.Type == FieldType.Reference ? Named(i.ReferencedId) : i.Text).Order(StringComparer.Ordinal))}"));
    }
}
