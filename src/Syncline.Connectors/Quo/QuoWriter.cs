using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Syncline.Connectors.Http;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.Quo;

/// <summary>Carries out single operations on contacts.</summary>
internal sealed class QuoWriter(QuoApi api, QuoOptions options, ReadOnlyContacts readOnly, TimeProvider clock)
{
    private readonly StreamId _stream = new(options.Connection, QuoOptions.Contacts);
    private readonly QuoOutcomes _outcomes = new(options);

    /// <summary>Set when a run is prepared.</summary>
    public QuoDefinitions Definitions { get; set; } = new([]);

    public Task<WriteOutcome> WriteAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (_outcomes.Unwritable(operation, Definitions) is { } refused) return Task.FromResult<WriteOutcome>(refused);
        return operation.Verb switch
        {
            Verb.Create => CreateAsync(operation, cancellationToken),
            _ when readOnly.Holds(operation.RemoteId!) => Task.FromResult<WriteOutcome>(QuoOutcomes.ReadOnly(operation)),
            Verb.Delete => DeleteAsync(operation, cancellationToken),
            _ => UpdateAsync(operation, cancellationToken),
        };
    }

    private async Task<WriteOutcome> CreateAsync(Operation operation, CancellationToken cancellationToken)
    {
        QuoReply reply = await api.CreateAsync(QuoBody.Create(operation.Fields, options.Source, Definitions), cancellationToken);
        WriteOutcome outcome = Whole(operation, reply);
        return reply.Error is { Status: 409 } && outcome is WriteOutcome.Refused refused ? await WithHolderAsync(operation, refused, cancellationToken) : outcome;
    }

    /// <summary>Quo does not say what a conflict is with: a contact with the same external id is looked for, and once more when listings have caught up.</summary>
    private async Task<WriteOutcome> WithHolderAsync(Operation operation, WriteOutcome.Refused refused, CancellationToken cancellationToken)
    {
        if (operation.Fields[QuoFields.ExternalId]?.Text is not { } externalId) return refused;
        IReadOnlyList<QuoContact> holders = await api.FindAsync([externalId], cancellationToken);
        if (holders.Count == 0)
        {
            await Task.Delay(QuoOptions.SettleTime, clock, cancellationToken);
            holders = await api.FindAsync([externalId], cancellationToken);
        }
        return refused with { ConflictingId = holders.Select(h => h.Id).FirstOrDefault() };
    }

    private async Task<WriteOutcome> UpdateAsync(Operation operation, CancellationToken cancellationToken)
    {
        string[] names = [.. operation.Fields.Select(f => f.Name).Concat(operation.Cleared).Distinct().Where(n => n is not (QuoFields.UnusablePhones or QuoFields.FullName))];
        if (names.Length > 0 && names.All(QuoFields.Scalars.Contains)) return await PatchAsync(operation, names, cancellationToken);
        // Planned from an older reading; what replaces the lists must be made of the contact as it is at this moment.
        if (await api.FindAsync(operation.RemoteId!, cancellationToken) is not { } now) return QuoOutcomes.Gone(operation);
        if (names.Length == 0) return new WriteOutcome.Written(QuoRecords.Of(_stream, now));
        if (options.IsReadOnly(now.Source)) return QuoOutcomes.ReadOnly(operation);
        QuoReplacement replacement = new(now, operation, Definitions);
        return Whole(operation, await api.ReplaceAsync(now.Id, replacement.Body, isIdempotent: !replacement.Adds, cancellationToken));
    }

    private async Task<WriteOutcome> PatchAsync(Operation operation, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        QuoReply reply = await api.PatchAsync(operation.RemoteId!, QuoBody.Scalars(operation, names), cancellationToken);
        return Finish(operation, reply, QuoJson.Default.FlatContact, contact => QuoRecords.Of(_stream, contact.Data));
    }

    private async Task<WriteOutcome> DeleteAsync(Operation operation, CancellationToken cancellationToken)
    {
        QuoReply reply = await api.DeleteAsync(operation.RemoteId!, cancellationToken);
        return reply.Answer is not null || reply.Error is { Status: 404 } ? new WriteOutcome.Deleted() : _outcomes.Failed(operation, reply);
    }

    private WriteOutcome Whole(Operation operation, QuoReply reply) => Finish(operation, reply, QuoJson.Default.Contact, contact => QuoRecords.Of(_stream, contact.Data));

    private WriteOutcome Finish<T>(Operation operation, QuoReply reply, JsonTypeInfo<T> type, Func<T, RemoteRecord> toRecord)
    {
        if (reply.Answer is not { } answer) return _outcomes.Failed(operation, reply);
        return Read(answer, type) is { } said ? new WriteOutcome.Written(toRecord(said)) : new WriteOutcome.Unknown("The answer was a success that cannot be read.");
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
