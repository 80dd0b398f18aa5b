using Syncline.Connectors;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Cli.Tests.Invented;

/// <summary>A provider that lives in memory: people to read, people to write.</summary>
internal sealed class InventedProvider(string name) : IProvider
{
    public string Name => name;

    public bool CanRead { get; init; } = true;

    public bool CanWrite { get; init; } = true;

    public IRecordBrowser? Browser { get; init; }

    public IReadOnlyList<SettingDefinition> Settings { get; } =
    [
        new("api_key", "The key.") { IsRequired = true, IsSecret = true },
        new("base_url", "Where it is."),
        new("page_size", "Rows a page.") { Default = "2" },
    ];

    /// <summary>People by id, as they are there now.</summary>
    public SortedDictionary<string, FieldSet> People { get; } = new(StringComparer.Ordinal);

    /// <summary>Each reading starts at the beginning and shows everybody, with the version of each.</summary>
    public bool IsCensus { get; init; }

    /// <summary>Ids asked for one by one.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The keys that calls were made with, in order.</summary>
    public List<string> KeysUsed { get; } = [];

    public int Writes { get; private set; }

    /// <summary>Happens before each write.</summary>
    public Action? BeforeWrite { get; set; }

    /// <summary>Happens before each page.</summary>
    public Action? BeforePage { get; set; }

    /// <summary>Each page but the first waits for it.</summary>
    public Task LaterPages { get; set; } = Task.CompletedTask;

    /// <summary>Writes of people with this e-mail address are refused.</summary>
    public string? Refuses { get; set; }

    public List<Finding> Findings { get; } = [];

    public Connection Open(ConnectionSettings settings, ConnectorParts parts)
    {
        if (settings.Find("page_size") is { } size && !int.TryParse(size, out _)) throw new ProviderException("page_size must be a number.") { Operation = $"{name}.connect", Recovery = Recovery.StopRun };
        CallPermits permits = parts.Governor.For(settings.Name, parts.Budgets ?? [new("writes", 100_000, TimeSpan.FromSeconds(1))], parts.Priority);
        Account account = new(this, settings, permits);
        return new(settings.Name, name, [Map], permits) { Sources = CanRead ? [account] : [], Destination = CanWrite ? account : null, Browser = Browser, Doctor = account };
    }

    public InventedProvider With(string id, string email, string? title = null)
    {
        People[id] = FieldSet.Of(("mail", FieldValue.Of(email)), ("name", FieldValue.Of("Person " + id)), ("title", FieldValue.TextOrNone(title)));
        return this;
    }

    private static FieldMap Map { get; } = new(RecordKind.Person, "people", [new("mail", "email"), new("name", "full_name"), new("title", "job_title")]);

    private sealed class Account(InventedProvider there, ConnectionSettings settings, CallPermits permits) : IPointSource, IDestination, IDoctor
    {
        public string Connection => settings.Name;

        public StreamDescriptor Stream => new(new(settings.Name, "people"), [RecordKind.Person]) { IsCensus = there.IsCensus };

        public IReadOnlyList<DestinationStream> Streams { get; } = [new(RecordKind.Person, "people", ["mail"])];

        public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            string[] ids = [.. there.People.Keys.Where(id => there.IsCensus || request.After is null || string.CompareOrdinal(id, request.After.Text) > 0).Take(request.MaxRecords ?? int.MaxValue)];
            foreach (string[] chunk in ids.Chunk(2).Take(request.MaxPages ?? int.MaxValue))
            {
                if (chunk[0] != ids[0]) await there.LaterPages.WaitAsync(cancellationToken);
                there.BeforePage?.Invoke();
                cancellationToken.ThrowIfCancellationRequested();
                await CallAsync(isWrite: false, cancellationToken);
                yield return new([.. chunk.Select(RecordOf)], new(chunk[^1])) { Covered = chunk.Length, Expected = ids.Length, Versions = there.IsCensus ? [.. chunk.Select(id => (RecordOf(id).Key, "v"))] : [], CompletesSweep = chunk[^1] == ids[^1] };
            }
        }

        public Task<IReadOnlyList<RemoteRecord>> FetchAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        {
            there.Asked.AddRange(ids);
            return Task.FromResult<IReadOnlyList<RemoteRecord>>([.. ids.Where(there.People.ContainsKey).Select(RecordOf)]);
        }

        public Task<IReadOnlyList<Unavailable>> PrepareAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Unavailable>>([]);

        public Task<IReadOnlyList<Found>> FindAsync(DestinationStream stream, IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Found>>([.. wanted.SelectMany(w => there.People.Where(p => p.Value["mail"]!.Items.Any(m => w.Fields["mail"]!.Items.Contains(m))).Select(p => new Found(w.GoldenId, RecordOf(p.Key), "mail")))]);

        public Task<IReadOnlyDictionary<string, RemoteRecord>> ReadAsync(DestinationStream stream, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, RemoteRecord>>(ids.Where(there.People.ContainsKey).ToDictionary(id => id, RecordOf));

        public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(DestinationStream stream, IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
        {
            there.BeforeWrite?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            await CallAsync(isWrite: true, cancellationToken);
            there.Writes++;
            return [.. batch.Select(Write)];
        }

        public async Task<Finding> TestAsync(CancellationToken cancellationToken)
        {
            await CallAsync(isWrite: false, cancellationToken);
            return settings.Find("api_key") == "bad" ? new(Severity.Error, "api_key", "The key is refused.") { Remedy = "Make a new one." } : new(Severity.Good, "api_key", "The key works.");
        }

        public Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>([.. there.Findings]);

        private WriteOutcome Write(Operation operation)
        {
            if (operation.Verb == Verb.Delete) return there.People.Remove(operation.RemoteId!) ? new WriteOutcome.Deleted() : new WriteOutcome.Gone("Not there.");
            if (there.Refuses is { } refused && operation.Desired["mail"] is { } mail && mail.Items.Any(m => m.Text == refused)) return new WriteOutcome.Refused("bad-person", "This person is refused; correct the address.");
            string id = operation.RemoteId ?? "new-" + (there.People.Count + 1);
            FieldSet fields = there.People.GetValueOrDefault(id, FieldSet.Empty);
            there.People[id] = operation.Cleared.Aggregate(fields.With(operation.Fields), (all, cleared) => all.With(cleared, null));
            return new WriteOutcome.Written(RecordOf(id));
        }

        private RemoteRecord RecordOf(string id) => new(new(settings.Name, "people", id), RecordKind.Person, there.People[id]);

        private async Task CallAsync(bool isWrite, CancellationToken cancellationToken)
        {
            await permits.AcquireAsync(isWrite ? "writes" : "reads", isWrite, cancellationToken);
            there.KeysUsed.Add(settings.Required("api_key", there.Name));
        }
    }
}
