using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>Refusals and losses as outcomes.</summary>
internal static class HubSpotOutcomes
{
    public static WriteOutcome.Gone Gone(Operation operation) => new($"Record {operation.RemoteId} is not there any more: deleted, or merged into another.");

    public static WriteOutcome Failed(Operation operation, HubSpotRowResult result)
    {
        if (result.Error is not { } error) return new WriteOutcome.Unknown(result.Lost ?? "No answer.");
        if (operation.RemoteId is not null && error.IsNotFound && error.ExistingId is null) return Gone(operation);
        return new WriteOutcome.Refused(error.Code, error.Reason)
        {
            ConflictingId = error.IsConflict ? error.ExistingId : null,
            OptionalField = error.IsConflict && error.ExistingId is not null ? null : Optional(operation, error),
        };
    }

    /// <summary>The field that is blamed, where the record can do without it: one that the rules of the portal require cannot.</summary>
    private static string? Optional(Operation operation, HubSpotError error) =>
        error.Codes.Any(c => c.StartsWith("MISSING_", StringComparison.Ordinal)) ? null : error.Properties.FirstOrDefault(p => operation.Fields[p] is not null);
}

/// <summary>Archives records.</summary>
internal sealed class HubSpotRemovals(HubSpotWorkspace at)
{
    public async Task CarryOutAsync(IReadOnlyList<Operation> operations, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        IReadOnlyList<HubSpotRowResult> results = await at.Batches.ArchiveAsync([.. operations.Select(o => o.RemoteId!)], cancellationToken);
        foreach ((Operation operation, HubSpotRowResult result) in operations.Zip(results)) outcomes[operation] = result.Record is null ? HubSpotOutcomes.Failed(operation, result) : new WriteOutcome.Deleted();
    }
}

/// <summary>Makes records: by upsert where the portal has a unique property for our id, else by create, with their associations.</summary>
internal sealed class HubSpotCreations(HubSpotWorkspace at, HubSpotBody body, TimeProvider clock, Func<IReadOnlyList<Wanted>, CancellationToken, Task<IReadOnlyList<Found>>> find)
{
    /// <summary>False where a second record of one key is to be refused, so that what is there stays as it is.</summary>
    public bool Upserts { get; init; } = true;

    public async Task CarryOutAsync(IReadOnlyList<Operation> operations, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (operations.Count == 0) return;
        Operation[] upserted = [.. operations.Where(IsUpserted)], created = [.. operations.Where(o => !IsUpserted(o))];
        await FinishAsync(upserted, await at.Batches.UpsertAsync([.. upserted.Select(Row)], cancellationToken), outcomes, cancellationToken);
        await FinishAsync(created, await at.Batches.CreateAsync([.. created.Select(Row)], cancellationToken), outcomes, cancellationToken);
        await ResolveLostAsync([.. created.Where(o => outcomes[o] is WriteOutcome.Unknown && o.Fields["email"] is not null && at.Kind == HubSpotKind.Contacts)], outcomes, cancellationToken);
    }

    private bool IsUpserted(Operation operation) => Upserts && at.Unique is { } unique && operation.Fields[unique] is not null;

    private HubSpotRow Row(Operation operation)
    {
        JsonObject properties = body.Created(operation), input = new() { ["properties"] = properties };
        if (IsUpserted(operation)) (input["id"], input["idProperty"]) = (operation.Fields[at.Unique!]!.Text, at.Unique);
        else if (Ties(operation) is { Count: > 0 } ties) input["associations"] = ties;
        string? email = (string?)properties["email"];
        return new(operation.Id, input) { IsMine = email is null ? null : o => email.Equals(o.Properties.GetValueOrDefault("email"), StringComparison.OrdinalIgnoreCase) };
    }

    private JsonArray Ties(Operation operation) =>
    [
        .. from tie in at.Kind.Ties
           let other = operation.Fields[tie.Field]
           where other is { Type: FieldType.Reference }
           select new JsonObject { ["to"] = new JsonObject { ["id"] = other.ReferencedId }, ["types"] = HubSpotAssociations.TypesOf(tie) },
    ];

    private async Task FinishAsync(Operation[] operations, IReadOnlyList<HubSpotRowResult> results, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        List<(Operation, string)> untied = [];
        foreach ((Operation operation, HubSpotRowResult result) in operations.Zip(results))
        {
            outcomes[operation] = result.Record is { } made
                ? new WriteOutcome.Written(await at.AnsweredAsync(made, body.Created(operation), operation.Fields, cancellationToken))
                : await WithHolderAsync(operation, HubSpotOutcomes.Failed(operation, result), result, cancellationToken);
            if (result.Record is not null && IsUpserted(operation)) untied.Add((operation, result.Record.Id));
        }
        await new HubSpotTies(at).TieAsync(untied, outcomes, cancellationToken);
    }

    /// <summary>Two new records of one batch with one address: the refusal does not say which record has it.</summary>
    private async Task<WriteOutcome> WithHolderAsync(Operation operation, WriteOutcome outcome, HubSpotRowResult result, CancellationToken cancellationToken)
    {
        if (outcome is not WriteOutcome.Refused { ConflictingId: null } refused || result.Error is not { IsConflict: true }) return outcome;
        IReadOnlyList<Found> holders = await find([new(operation.GoldenId, operation.Fields)], cancellationToken);
        return holders is [var holder, ..] ? refused with { ConflictingId = holder.Record.Key.Id, OptionalField = null } : refused;
    }

    /// <summary>Creates whose answer was lost, by their addresses: those are unique, and reading by them is never late. Those that are not there are made again; were the first call still on its way, one of the two would be refused.</summary>
    private async Task ResolveLostAsync(Operation[] lost, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (lost.Length == 0) return;
        await Task.Delay(HubSpotOptions.SettleTime, clock, cancellationToken);
        ILookup<string, Found> found = (await find([.. lost.Select(o => new Wanted(o.GoldenId, o.Fields.Where(f => f == "email")))], cancellationToken)).ToLookup(f => f.GoldenId.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
        foreach (Operation operation in lost)
        {
            // One that shows something else may be somebody's who was quicker: whoever planned the write looks into it.
            if (found[operation.GoldenId.ToString(System.Globalization.CultureInfo.InvariantCulture)].ToArray() is [var only] && operation.IsShownBy(only.Record.Fields)) outcomes[operation] = new WriteOutcome.Written(only.Record);
        }
        Operation[] absent = [.. lost.Where(o => outcomes[o] is WriteOutcome.Unknown && !found.Contains(o.GoldenId.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        await FinishAsync(absent, await at.Batches.CreateAsync([.. absent.Select(Row)], cancellationToken), outcomes, cancellationToken);
    }
}

/// <summary>Changes records, and the associations that are fields of theirs.</summary>
internal sealed class HubSpotUpdates(HubSpotWorkspace at, HubSpotBody body)
{
    private const string Stage = "lifecyclestage";

    public async Task CarryOutAsync(IReadOnlyList<Operation> operations, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (operations.Count == 0) return;
        Dictionary<string, HubSpotObject> held = await HeldAsync([.. operations.Where(HubSpotBody.NeedsHeld)], cancellationToken);
        Dictionary<Operation, JsonObject> changes = operations.ToDictionary(o => o, o => body.Changed(o, held.GetValueOrDefault(o.RemoteId!)?.Properties), (IEqualityComparer<Operation>)ReferenceEqualityComparer.Instance);
        Operation[] sent = [.. operations.Where(o => changes[o].Count > 0)];
        IReadOnlyList<HubSpotRowResult> results = await at.Batches.UpdateAsync([.. sent.Select(o => new HubSpotRow(o.Id, new() { ["id"] = o.RemoteId, ["properties"] = changes[o].DeepClone() }))], cancellationToken);
        Dictionary<string, HubSpotObject> stages = await HeldAsync([.. sent.Zip(results).Where(r => changes[r.First].ContainsKey(Stage) && r.Second.Record?.Properties.ContainsKey(Stage) == false).Select(r => r.First)], cancellationToken);
        foreach ((Operation operation, HubSpotRowResult result) in sent.Zip(results))
        {
            outcomes[operation] = result.Record is { } answered ? await JudgeAsync(operation, answered, stages.GetValueOrDefault(answered.Id, answered), changes[operation], cancellationToken) : HubSpotOutcomes.Failed(operation, result);
        }
        await ReadAsync([.. operations.Where(o => changes[o].Count == 0 || (outcomes[o] is WriteOutcome.Written && o.Fields.Any(f => HubSpotValues.MoreOf(f.Name) is not null)))], outcomes, cancellationToken);
        await new HubSpotTies(at).TieAsync([.. operations.Where(o => outcomes[o] is WriteOutcome.Written).Select(o => (o, o.RemoteId!))], outcomes, cancellationToken);
    }

    /// <param name="shown">The record with its lifecycle stage: a change that would go back may be passed over without a word.</param>
    private async Task<WriteOutcome> JudgeAsync(Operation operation, HubSpotObject answered, HubSpotObject shown, JsonObject sent, CancellationToken cancellationToken)
    {
        string? wanted = (string?)sent[Stage], now = shown.Properties.GetValueOrDefault(Stage);
        if (wanted is { Length: > 0 } && now is not null && now != wanted) return new HubSpotUnwritable("lifecycle_backwards", $"HubSpot moves a lifecycle stage forward only: it has left '{now}' and not taken '{wanted}'.", Stage).Outcome;
        return new WriteOutcome.Written(await at.AnsweredAsync(answered, sent, operation.Desired.With(operation.Fields), cancellationToken));
    }

    /// <summary>The records whose answer would not show all that is to be known.</summary>
    private async Task ReadAsync(Operation[] operations, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (operations.Length == 0) return;
        IReadOnlyList<RemoteRecord> records = await at.ToRecordsAsync(await at.Objects.ReadAsync(operations.Select(o => o.RemoteId!), null, cancellationToken), cancellationToken);
        foreach (Operation operation in operations)
        {
            outcomes[operation] = records.FirstOrDefault(r => r.Key.Id == operation.RemoteId) is { } record ? new WriteOutcome.Written(record) : HubSpotOutcomes.Gone(operation);
        }
    }

    private async Task<Dictionary<string, HubSpotObject>> HeldAsync(Operation[] operations, CancellationToken cancellationToken) =>
        operations.Length == 0 ? [] : (await at.Objects.ReadAsync(operations.Select(o => o.RemoteId!), null, cancellationToken)).ToDictionary(o => o.Id, StringComparer.Ordinal);
}

/// <summary>Brings the associations of written records about, those of one kind together.</summary>
internal sealed class HubSpotTies(HubSpotWorkspace at)
{
    public async Task TieAsync(IReadOnlyList<(Operation Operation, string Id)> written, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (HubSpotTie tie in at.Kind.Ties)
        {
            Move[] moves = [.. written.Where(w => outcomes[w.Operation] is WriteOutcome.Written).Select(w => MoveOf(tie, w.Operation, w.Id)).OfType<Move>()];
            if (moves.Length > 0) await CarryOutAsync(tie, moves, outcomes, cancellationToken);
        }
    }

    /// <summary>The new association first: a record is never without one, and what fails half-way is brought to its end by the next attempt.</summary>
    private async Task CarryOutAsync(HubSpotTie tie, Move[] moves, Dictionary<Operation, WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        Move[] made = [.. moves.Where(m => m.To is not null)];
        await SendAsync(tie, made, m => m.To!, associations => at.Associations.CreateAsync(at.Kind.Type, tie, associations, cancellationToken), outcomes);
        Move[] left = [.. moves.Where(m => m.Former is not null && outcomes[m.Operation] is WriteOutcome.Written)];
        await SendAsync(tie, left, m => m.Former!, associations => at.Associations.ArchiveAsync(at.Kind.Type, tie, associations, cancellationToken), outcomes);
        foreach (Move move in moves)
        {
            if (outcomes[move.Operation] is WriteOutcome.Written written) outcomes[move.Operation] = new WriteOutcome.Written(written.Record with { Fields = written.Record.Fields.With(tie.Field, move.To is null ? null : FieldValue.Reference(tie.To, move.To)) });
        }
    }

    /// <summary>Repeating it changes nothing, so that a batch of which some was refused is divided until that is alone.</summary>
    private static async Task SendAsync(HubSpotTie tie, Move[] moves, Func<Move, string> end, Func<IEnumerable<(string, string)>, Task<HubSpotReply>> send, Dictionary<Operation, WriteOutcome> outcomes)
    {
        if (moves.Length == 0) return;
        HubSpotReply reply = await send(moves.Select(m => (m.Id, end(m))));
        HubSpotError? error = reply.Error ?? (reply.Answer is { } answer && HubSpotAssociations.ErrorsOf(answer) is [var first, ..] ? first : null);
        if (reply.Lost is null && error is null) return;
        if (reply.Lost is null && moves.Length > 1)
        {
            await SendAsync(tie, moves[..(moves.Length / 2)], end, send, outcomes);
            await SendAsync(tie, moves[(moves.Length / 2)..], end, send, outcomes);
            return;
        }
        foreach (Move move in moves) outcomes[move.Operation] = reply.Lost is { } lost ? new WriteOutcome.Unknown(lost) : new WriteOutcome.Refused(error!.Code, error.Reason) { OptionalField = tie.Field };
    }

    private static Move? MoveOf(HubSpotTie tie, Operation operation, string id)
    {
        string? to = operation.Fields[tie.Field] is { Type: FieldType.Reference } wanted ? wanted.ReferencedId : null;
        string? former = operation.Before[tie.Field] is { Type: FieldType.Reference } before ? before.ReferencedId : null;
        bool isCleared = operation.Cleared.Contains(tie.Field) && former is not null;
        return to is null && !isCleared ? null : new(operation, id, to, former == to ? null : former);
    }

    private sealed record Move(Operation Operation, string Id, string? To, string? Former);
}
