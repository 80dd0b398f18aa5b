using System.Text.Json;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Lists as a destination: lists of contacts, kept by hand, known by their name, which is unique.</summary>
internal sealed class HubSpotListTable(HubSpotLists lists, HubSpotOptions options) : IHubSpotTable
{
    private readonly StreamId _stream = new(options.Connection, HubSpotLists.Stream);

    public DestinationStream Stream { get; } = new(RecordKind.List, HubSpotLists.Stream, ["name"])
    {
        SettleTime = HubSpotOptions.SettleTime,
        ReadEndpoint = "GET lists",
        WriteEndpoint = "POST lists",
        ReadBudget = HubSpotOptions.Calls,
        WriteBudget = HubSpotOptions.Calls,
    };

    public Task<IReadOnlyList<Unavailable>> PrepareAsync(FieldMap map, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Unavailable>>(
        [.. map.Rules.Where(r => r.Direction != MapDirection.In && r.Remote != "name").Select(r => new Unavailable(map.Kind, r.Remote, $"HubSpot's lists have no '{r.Remote}'."))]);

    public async Task<IReadOnlyList<Found>> FindAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        Found?[] found = await Task.WhenAll(wanted.Select(async w => w.Fields["name"] is { } name && await lists.ByNameAsync(name.Text, cancellationToken) is { } list ? new Found(w.GoldenId, ToRecord(list), "name") : null));
        return [.. found.OfType<Found>()];
    }

    public async Task<IReadOnlyList<RemoteRecord>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        HubSpotList?[] found = await Task.WhenAll(ids.Select(id => lists.FindAsync(id, cancellationToken)));
        return [.. found.OfType<HubSpotList>().Select(ToRecord)];
    }

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<Operation> batch, CancellationToken cancellationToken) => [await WriteAsync(batch.Single(), cancellationToken)];

    private async Task<WriteOutcome> WriteAsync(Operation operation, CancellationToken cancellationToken)
    {
        string? name = operation.Fields["name"]?.Text;
        switch (operation.Verb)
        {
            case Verb.Delete:
                HubSpotReply deleted = await lists.DeleteAsync(operation.RemoteId!, cancellationToken);
                return deleted.Answer is not null || deleted.Error is { IsNotFound: true } ? new WriteOutcome.Deleted() : Failed(operation, deleted);
            case Verb.Create:
                HubSpotReply made = await lists.CreateAsync(name ?? "", cancellationToken);
                if (made.Answer is null) return await WithHolderAsync(operation, Failed(operation, made), cancellationToken);
                return Written(made.Answer.Body) as WriteOutcome ?? new WriteOutcome.Unknown("The answer names no list.");
            default:
                HubSpotReply renamed = name is null ? new() : await lists.RenameAsync(operation.RemoteId!, name, cancellationToken);
                if (renamed.Error is not null || renamed.Lost is not null) return Failed(operation, renamed);
                return await lists.FindAsync(operation.RemoteId!, cancellationToken) is { } list ? new WriteOutcome.Written(ToRecord(list)) : HubSpotOutcomes.Gone(operation);
        }
    }

    private WriteOutcome.Written? Written(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, HubSpotJson.Default.HubSpotListAnswer)?.List is { } list ? new(ToRecord(list)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<WriteOutcome> WithHolderAsync(Operation operation, WriteOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome is not WriteOutcome.Refused refused || operation.Fields["name"] is not { } name) return outcome;
        return refused with { ConflictingId = (await lists.ByNameAsync(name.Text, cancellationToken))?.ListId, OptionalField = null };
    }

    private static WriteOutcome Failed(Operation operation, HubSpotReply reply) => HubSpotOutcomes.Failed(operation, new() { Error = reply.Error, Lost = reply.Lost });

    private RemoteRecord ToRecord(HubSpotList list) => HubSpotListSource.ToRecord(_stream, list);
}

/// <summary>Who is on a list, as a destination. Remote ids are <c>list id:record id</c>: being on a list has no id of its own, and can be said twice.</summary>
internal sealed class HubSpotEntryTable(HubSpotLists lists, HubSpotOptions options) : IHubSpotTable
{
    // Fewer records than this are asked for their lists; for more the whole list is read.
    private const int Few = 3;

    private static readonly (string Field, string Type)[] Members = [("person", "0-1"), ("company", "0-2")];

    private readonly StreamId _stream = new(options.Connection, HubSpotLists.Entries);

    public DestinationStream Stream { get; } = new(RecordKind.ListEntry, HubSpotLists.Entries, ["person", "company"])
    {
        WriteBatch = HubSpotOptions.MaxBatch,
        CreateIsIdempotent = true,
        // Another record on the list, or the record on another list, is another entry.
        CanUpdate = false,
        SettleTime = HubSpotOptions.SettleTime,
        RequiredReferences = ["list"],
        ReadEndpoint = "GET lists/memberships",
        WriteEndpoint = "PUT lists/memberships/add",
        ReadBudget = HubSpotOptions.Calls,
        WriteBudget = HubSpotOptions.Calls,
    };

    public Task<IReadOnlyList<Unavailable>> PrepareAsync(FieldMap map, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Unavailable>>(
        [.. map.Rules.Where(r => r.Direction != MapDirection.In && r.Remote is not ("list" or "person" or "company")).Select(r => new Unavailable(map.Kind, r.Remote, $"Being on a list of HubSpot's has no '{r.Remote}'."))]);

    public async Task<IReadOnlyList<Found>> FindAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        List<Found> found = [];
        foreach (IGrouping<string, (Wanted One, Entry At)> onList in wanted.Select(w => (One: w, At: EntryOf(w.Fields)!)).Where(w => w.At is not null).GroupBy(w => w.At.List))
        {
            IReadOnlySet<string> members = await AmongAsync(onList.Key, [.. onList.Select(w => w.At)], cancellationToken);
            found.AddRange(onList.Where(w => members.Contains(w.At.Record)).Select(w => new Found(w.One.GoldenId, ToRecord(w.At), w.At.Field)));
        }
        return found;
    }

    public async Task<IReadOnlyList<RemoteRecord>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        List<RemoteRecord> records = [];
        foreach (IGrouping<string, Entry> onList in ids.Select(Parse).OfType<Entry>().GroupBy(e => e.List))
        {
            if (await lists.FindAsync(onList.Key, cancellationToken) is not { } list) continue;
            Entry[] entries = [.. onList.Select(e => e with { Field = list.MemberField, Type = list.ObjectTypeId ?? "0-1" })];
            IReadOnlySet<string> members = await AmongAsync(onList.Key, entries, cancellationToken);
            records.AddRange(entries.Where(e => members.Contains(e.Record)).Select(ToRecord));
        }
        return records;
    }

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<Operation> batch, CancellationToken cancellationToken)
    {
        Dictionary<Operation, WriteOutcome> outcomes = new(ReferenceEqualityComparer.Instance);
        (Operation One, Entry? At)[] open = [.. batch.Select(o => (o, o.Verb == Verb.Delete ? Parse(o.RemoteId!) : EntryOf(o.Desired.With(o.Fields))))];
        foreach ((Operation one, _) in open.Where(o => o.At is null)) outcomes[one] = new WriteOutcome.Refused("no_entry", "An entry needs a list and the record that is to be on it.");
        foreach (IGrouping<(string, Verb), (Operation One, Entry? At)> call in open.Where(o => o.At is not null).GroupBy(o => (o.At!.List, o.One.Verb)))
        {
            await ChangeAsync(call.Key.Item1, call.Key.Item2, [.. call.Select(c => (c.One, c.At!))], outcomes, cancellationToken);
        }
        foreach (Operation replaced in batch.Where(o => o.Verb is Verb.Update or Verb.Replace && outcomes[o] is WriteOutcome.Written)) await LeaveAsync(replaced, outcomes, cancellationToken);
        return [.. batch.Select(o => outcomes[o])];
    }

    /// <summary>The entry that a new one took the place of.</summary>
    private async Task LeaveAsync(Operation replaced, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (Parse(replaced.RemoteId!) is not { } old || outcomes[replaced] is not WriteOutcome.Written written || written.Record.Key.Id == replaced.RemoteId) return;
        HubSpotReply reply = await lists.ChangeAsync(old.List, "remove", [old.Record], cancellationToken);
        if (reply.Lost is { } lost) outcomes[replaced] = new WriteOutcome.Unknown(lost);
    }

    private async Task ChangeAsync(string list, Verb verb, (Operation One, Entry At)[] rows, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        HubSpotReply reply = await lists.ChangeAsync(list, verb == Verb.Delete ? "remove" : "add", rows.Select(r => r.At.Record), cancellationToken);
        IReadOnlyCollection<string> missing = reply.Answer is { } answer ? HubSpotLists.MissingOf(answer) : [];
        foreach ((Operation one, Entry at) in rows)
        {
            outcomes[one] = reply switch
            {
                { Lost: { } lost } => new WriteOutcome.Unknown(lost),
                { Error: { IsNotFound: true } } when verb == Verb.Delete => new WriteOutcome.Deleted(),
                { Error: { } error } => new WriteOutcome.Refused(error.Code, $"{error.Reason} Only lists that are kept by hand take entries."),
                _ when verb == Verb.Delete => new WriteOutcome.Deleted(),
                _ when missing.Contains(at.Record) => new WriteOutcome.Refused("no_record", $"List {list} cannot hold record {at.Record}: it is not there, or of another type."),
                _ => new WriteOutcome.Written(ToRecord(at)),
            };
        }
    }

    private async Task<IReadOnlySet<string>> AmongAsync(string list, Entry[] entries, CancellationToken cancellationToken)
    {
        if (entries.Length > Few) return await lists.AllMembersAsync(list, cancellationToken);
        HashSet<string> members = new(StringComparer.Ordinal);
        foreach (Entry entry in entries)
        {
            if ((await lists.ListsOfAsync(entry.Type, entry.Record, cancellationToken)).Contains(list)) members.Add(entry.Record);
        }
        return members;
    }

    private RemoteRecord ToRecord(Entry entry) => HubSpotEntrySource.ToRecord(_stream, new(entry.List) { ObjectTypeId = entry.Type }, entry.Record);

    private static Entry? EntryOf(FieldSet fields)
    {
        if (fields["list"] is not { Type: FieldType.Reference } list) return null;
        (string field, string type) = Members.FirstOrDefault(m => fields[m.Field] is { Type: FieldType.Reference });
        return field is null ? null : new(list.ReferencedId, fields[field]!.ReferencedId, field, type);
    }

    private static Entry? Parse(string id) => id.Split(':') is [var list, var record] ? new(list, record, "person", "0-1") : null;

    /// <summary>One record on one list.</summary>
    private sealed record Entry(string List, string Record, string Field, string Type);
}
