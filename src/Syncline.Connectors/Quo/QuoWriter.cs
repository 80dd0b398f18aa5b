using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Syncline.Connectors.Http;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Carries out single operations on contacts.</summary>
internal sealed class QuoWriter(QuoApi api, QuoOptions options, TimeProvider clock)
{
    // A change is a reading and a write of what was read. Few at a time keep the two close together: behind a long queue for permits a person's edit could slip between them.
    private readonly CallsUnderWay _changes = new(4);

    // New contacts that wait for a permit stand before the write of a change that was read meanwhile. Twenty keep ten calls a second going up to two seconds an answer, and that write waits two seconds at the most.
    private readonly CallsUnderWay _creates = new(20);
    private readonly StreamId _stream = new(options.Connection, QuoOptions.Contacts);
    private readonly QuoOutcomes _outcomes = new(options);

    /// <summary>Set when a run is prepared.</summary>
    public QuoDefinitions Definitions { get; set; } = new([]);

    public Task<WriteOutcome> WriteAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (_outcomes.Unwritable(operation, Definitions) is { } refused) return Task.FromResult<WriteOutcome>(refused);
        return operation.Verb == Verb.Create ? _creates.InTurnAsync(() => CreateAsync(operation, cancellationToken), cancellationToken) : _changes.InTurnAsync(() => ChangeAsync(operation, cancellationToken), cancellationToken);
    }

    private async Task<WriteOutcome> CreateAsync(Operation operation, CancellationToken cancellationToken)
    {
        QuoReply reply = await api.CreateAsync(QuoBody.Create(operation.Fields, options.Source, Definitions), cancellationToken);
        if (reply.Error is { Status: 409 } error) return await ConflictAsync(operation, error, cancellationToken);
        return Finish(operation, reply, QuoJson.Default.Contact, said => said.Data);
    }

    /// <summary>Quo does not say what a conflict is with: a contact with the same external id is looked for, and once more when listings have caught up.</summary>
    private async Task<WriteOutcome> ConflictAsync(Operation operation, QuoError error, CancellationToken cancellationToken)
    {
        string externalId = operation.Fields[QuoFields.ExternalId]?.Text ?? "";
        IReadOnlyList<QuoContact> holders = externalId.Length == 0 ? [] : await api.FindAsync([externalId], cancellationToken);
        if (holders.Count == 0 && externalId.Length > 0)
        {
            await Task.Delay(QuoOptions.SettleTime, clock, cancellationToken);
            holders = await api.FindAsync([externalId], cancellationToken);
        }
        return QuoOutcomes.Conflict(error, holders.Select(h => h.Id).FirstOrDefault());
    }

    private async Task<WriteOutcome> ChangeAsync(Operation operation, CancellationToken cancellationToken)
    {
        QuoContact? now = await api.FindAsync(operation.RemoteId!, cancellationToken);
        if (now is null) return operation.Verb == Verb.Delete ? new WriteOutcome.Deleted() : QuoOutcomes.Gone(operation);
        if (options.IsReadOnly(now.Source)) return QuoOutcomes.ReadOnly(operation);
        if (operation.Verb != Verb.Delete) return await UpdateAsync(operation, now, cancellationToken);
        // A removal is final in Quo: whatever was changed since it was decided, it is decided anew.
        if (operation.Before.Count > 0 && !QuoRecords.Of(_stream, now).Fields.Equals(operation.Before)) return new WriteOutcome.Outdated($"Contact {now.Id} was changed in Quo meanwhile.");
        return await DeleteAsync(operation, cancellationToken);
    }

    private async Task<WriteOutcome> UpdateAsync(Operation operation, QuoContact now, CancellationToken cancellationToken)
    {
        string[] names = [.. operation.Fields.Select(f => f.Name).Concat(operation.Cleared).Distinct().Where(n => n is not (QuoFields.UnusablePhones or QuoFields.FullName))];
        if (names.Length == 0) return new WriteOutcome.Written(QuoRecords.Of(_stream, now));
        if (QuoOutcomes.IsOutdated(operation, names, QuoRecords.Of(_stream, now).Fields)) return new WriteOutcome.Outdated($"Contact {now.Id} was changed in Quo meanwhile.");
        WriteOutcome outcome = names.All(QuoFields.Scalars.Contains) && QuoBody.CanPatch(now) ? await PatchAsync(operation, now, cancellationToken) : await ReplaceAsync(operation, now, cancellationToken);
        return outcome is WriteOutcome.Written written && QuoOutcomes.IsIgnored(operation, names, QuoRecords.Of(_stream, now).Fields, written.Record.Fields) ? QuoOutcomes.Ignored(operation, now) : outcome;
    }

    private async Task<WriteOutcome> PatchAsync(Operation operation, QuoContact now, CancellationToken cancellationToken) =>
        Finish(operation, await api.PatchAsync(now.Id, QuoBody.Scalars(now, operation), cancellationToken), QuoJson.Default.FlatContact, said => now.With(said.Data));

    private async Task<WriteOutcome> ReplaceAsync(Operation operation, QuoContact now, CancellationToken cancellationToken)
    {
        QuoReplacement replacement = new(now, operation, Definitions);
        return Finish(operation, await api.ReplaceAsync(now.Id, replacement.Body, isIdempotent: replacement.IsRepeatable, cancellationToken), QuoJson.Default.Contact, said => said.Data);
    }

    private async Task<WriteOutcome> DeleteAsync(Operation operation, CancellationToken cancellationToken)
    {
        QuoReply reply = await api.DeleteAsync(operation.RemoteId!, cancellationToken);
        return reply.Answer is not null || reply.Error is { Status: 404 } ? new WriteOutcome.Deleted() : _outcomes.Failed(operation, reply);
    }

    private WriteOutcome Finish<T>(Operation operation, QuoReply reply, JsonTypeInfo<T> type, Func<T, QuoContact> toContact)
    {
        if (reply.Answer is not { } answer) return _outcomes.Failed(operation, reply);
        return Read(answer, type) is { } said ? new WriteOutcome.Written(QuoRecords.Of(_stream, toContact(said))) : new WriteOutcome.Unknown("The answer was a success that cannot be read.");
    }

    private static T? Read<T>(ProviderAnswer answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
