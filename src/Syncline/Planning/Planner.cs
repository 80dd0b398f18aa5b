using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Matching;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Planning;

/// <summary>A golden record with all that is known about it at the destination.</summary>
/// <param name="Link">Its link there, or null.</param>
/// <param name="Desired">What it should hold there, references already remote.</param>
/// <param name="MissingReferences">Required references whose record is not at the destination.</param>
public sealed record Candidate(GoldenRecord Golden, Link? Link, FieldSet Desired, IReadOnlyList<string> MissingReferences)
{
    /// <summary>What the map was given: the golden record's fields, and what stands behind its references.</summary>
    public FieldSet Canonical { get; init; } = FieldSet.Empty;

    /// <summary>True when it is not there and has none of the fields without which it would be of no use there.</summary>
    public bool IsUseless { get; init; }

    public SourceState Sources { get; init; }

    /// <summary>True when its record there is to go with those it came from.</summary>
    public bool IsToBeRemoved { get; init; }

    /// <summary>True when its record there was last seen with another value than the one a person has pinned.</summary>
    public bool IsContradicted { get; init; }

    /// <summary>True when nothing is to be made of it: what it came from is not there any more.</summary>
    public bool IsLost => Sources != SourceState.Present && !IsToBeRemoved && (Link is null || Sources == SourceState.Deleted);

    /// <summary>True when neither the look-up nor the remote's present state can change the decision.</summary>
    public bool IsDecidedLocally => MissingReferences.Count > 0 || IsUseless || IsLost || Link is { State: LinkState.Gone } || (Link is not null && !IsToBeRemoved && !IsContradicted && Link.Sent.Equals(Desired));
}

/// <summary>What the destination said about a chunk of candidates.</summary>
/// <param name="Found">Remote records that answer to a candidate without a link.</param>
/// <param name="Present">The linked records as they are now, by remote id.</param>
/// <param name="OwnerOf">The golden record a remote record is already linked to.</param>
public sealed record RemoteState(ILookup<long, Found> Found, IReadOnlyDictionary<string, RemoteRecord> Present, Func<string, long?> OwnerOf)
{
    /// <summary>True when every linked record was read, also those that look unchanged from here.</summary>
    public bool IsFull { get; init; }
}

/// <summary>Decides what a destination lacks. Pure: the same state gives the same plan.</summary>
/// <param name="isRead">The destination is a source of the same sync.</param>
public sealed class Planner(string connection, DestinationStream stream, FieldMap map, bool isRead = false)
{
    // Two golden records must not both take one remote record: the first in feed order has it.
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>True once a remote record that nobody had a link to was given to a golden record.</summary>
    public bool HasClaimed => _taken.Count > 0;

    public IReadOnlyList<PlannedRecord> Plan(IReadOnlyList<Candidate> candidates, RemoteState remote) => [.. candidates.Select(c => Plan(c, remote))];

    private PlannedRecord Plan(Candidate candidate, RemoteState remote)
    {
        GoldenRecord golden = candidate.Golden;
        if (candidate.Link is { State: LinkState.Gone }) return new PlannedRecord.LeftAlone(golden, "It was deleted at the destination and is not made again.");
        if (candidate.IsLost) return new PlannedRecord.LeftAlone(golden, "What it came from is deleted at its sources; it is kept there as it is.");
        if (candidate.IsToBeRemoved) return Removal(candidate, candidate.Link!, remote);
        if (candidate.MissingReferences.Count > 0) return MissingReference(candidate);
        if (candidate.IsUseless) return new PlannedRecord.LeftAlone(golden, $"It has no value in {string.Join(", ", stream.NeedsOneOf)}, and is of no use at the destination without.");
        if (candidate.Link is not null) return candidate.IsDecidedLocally && !remote.IsFull ? new PlannedRecord.Unchanged(golden) : Linked(candidate, candidate.Link, remote);
        Found[] found = [.. remote.Found[golden.Id].DistinctBy(f => f.Record.Key.Id)];
        return found.Length switch
        {
            0 => Unknown(candidate),
            1 => Claim(candidate, found[0], remote),
            _ => Several(golden, found),
        };
    }

    private PlannedRecord Unknown(Candidate candidate)
    {
        bool canBeFoundAgain = stream.MatchFields.Any(f => candidate.Desired[f] is not null);
        return canBeFoundAgain ? new PlannedRecord.Create(candidate.Golden, candidate.Desired) : new PlannedRecord.Stuck(candidate.Golden, IdentityProblem.NoMatchKey,
            $"It has a value in none of {string.Join(", ", stream.MatchFields)}, so that it could not be found again after a broken connection and might be made twice. Give it one of them, or let 'syncline doctor --fix' create the attribute that carries our own id.");
    }

    private PlannedRecord Claim(Candidate candidate, Found found, RemoteState remote)
    {
        string id = found.Record.Key.Id;
        long? owner = remote.OwnerOf(id);
        if ((owner is not null && owner != candidate.Golden.Id) || !_taken.Add(id))
        {
            return new PlannedRecord.Stuck(candidate.Golden, IdentityProblem.ClaimedTwice, $"The record {found.Record.Key} matches by {found.MatchedBy} and already belongs to {(owner is null ? "another record of this run" : $"{candidate.Golden.Kind}/{owner}")}. If the two are one, say so with 'syncline merge'.");
        }
        RecordDiff diff = Diff(candidate, null, found.Record);
        return Decide(candidate.Golden, null, found.Record, diff);
    }

    private PlannedRecord Linked(Candidate candidate, Link link, RemoteState remote)
    {
        if (!remote.Present.TryGetValue(link.Key.Id, out RemoteRecord? now)) return Vanished(candidate, link, remote);
        return Decide(candidate.Golden, link, now, Diff(candidate, link, now));
    }

    /// <summary>What a person has changed there since our last write is theirs by now, and stays.</summary>
    private PlannedRecord Removal(Candidate candidate, Link link, RemoteState remote)
    {
        GoldenRecord golden = candidate.Golden;
        if (!remote.Present.TryGetValue(link.Key.Id, out RemoteRecord? now)) return new PlannedRecord.Settle(golden, link with { State = LinkState.Gone }, IsNew: false, 0);
        string[] changed = OthersChanges.Of(map, link, now.Fields);
        if (changed.Length == 0) return new PlannedRecord.Delete(golden, link, now.Fields);
        return new PlannedRecord.LeftAlone(golden, $"What it came from is deleted at its sources, but somebody has changed {string.Join(", ", changed)} of it since: it is kept.");
    }

    /// <summary>A linked record that is not there any more was merged into another (then a key finds that one) or deleted by somebody (then it stays so).</summary>
    private PlannedRecord Vanished(Candidate candidate, Link link, RemoteState remote)
    {
        GoldenRecord golden = candidate.Golden;
        Found[] found = [.. remote.Found[golden.Id].Where(f => f.Record.Key.Id != link.Key.Id && (remote.OwnerOf(f.Record.Key.Id) ?? golden.Id) == golden.Id).DistinctBy(f => f.Record.Key.Id)];
        if (found.Length > 1) return Several(golden, found);
        if (found.Length == 0 || !_taken.Add(found[0].Record.Key.Id)) return new PlannedRecord.Settle(golden, link with { State = LinkState.Gone }, IsNew: false, 0);
        // Nothing of the survivor has been read yet, and a clean-up must leave it to those who made it.
        Link followed = link with { Seen = FieldSet.Empty, SeenModifiedAt = null, IsOurs = false };
        return Decide(golden, followed, found[0].Record, Diff(candidate, link, found[0].Record));
    }

    private PlannedRecord Decide(GoldenRecord golden, Link? link, RemoteRecord now, RecordDiff diff) => Settled(golden, link, now.Key.Id, diff) with { Waiting = WaitingOf(golden, link, now, diff) };

    private Conflict[] WaitingOf(GoldenRecord golden, Link? link, RemoteRecord now, RecordDiff diff)
    {
        if (diff.Waiting.Count == 0) return [];
        (FieldSet theirs, FieldSet before) = (map.ToCanonical(now.Fields), map.ToCanonical(link?.Answered ?? FieldSet.Empty));
        return
        [
            .. from name in diff.Waiting
               let field = map.Rules.First(r => r.Remote == name && r.Direction != MapDirection.In).Canonical
               select new Conflict(golden.Id, golden.Kind, field, now.Key) { Base = before[field], Ours = golden.Fields[field], Theirs = theirs[field] ?? now.Fields[name] },
        ];
    }

    private PlannedRecord Settled(GoldenRecord golden, Link? link, string remoteId, RecordDiff diff)
    {
        RecordKey key = new(connection, stream.Stream, remoteId);
        if (diff.Writes.Count > 0) return new PlannedRecord.Update(golden, remoteId, link, diff, Replaces: !stream.CanUpdate);
        if (link is { State: LinkState.Live } && link.Key == key && link.Sent.Equals(diff.Sent) && link.Answered.Equals(diff.Answered)) return new PlannedRecord.Unchanged(golden);
        Link settled = (link ?? new(key, golden.Kind, golden.Id)) with { Key = key, Sent = diff.Sent, Answered = diff.Answered, State = LinkState.Live };
        return new PlannedRecord.Settle(golden, settled, IsNew: link is null, diff.Conflicts) { Former = link is null || link.Key == key ? null : link.Key };
    }

    private RecordDiff Diff(Candidate candidate, Link? link, RemoteRecord now)
    {
        return RecordDiff.Of(map, candidate.Desired, link?.Sent ?? FieldSet.Empty, link?.Answered ?? FieldSet.Empty, now.Fields, IsGoldenLater, isRead && link is not null ? IsDecided : null, IsOrdered);

        bool IsOrdered(string remote) => map.Rules.Where(r => r.Remote == remote && r.Direction != MapDirection.In)
            .Any(r => candidate.Golden.Origins.GetValueOrDefault(r.Canonical) is { } origin && (Decision.IsPinned(origin) || (Decision.IsDecision(origin) && Decision.IsAgainst(origin, map.ToCanonical(now.Fields)[r.Canonical]))));

        bool IsGoldenLater(string remote) => map.Rules.Where(r => r.Remote == remote && r.Direction != MapDirection.In)
            .Any(r => candidate.Golden.Origins.GetValueOrDefault(r.Canonical)?.At > now.ModifiedAt);

        // What somebody has changed there was read and merged, and the merge decided otherwise: left alone, the two sides would differ for ever.
        bool IsDecided(string remote) => map.Rules.Where(r => r.Remote == remote && r.Direction == MapDirection.Both).Select(r => r.Canonical).ToArray() is { Length: > 0 } names
            && map.ToCanonical(now.Fields) is var shown && names.All(name => shown[name] == link!.Seen[name]);
    }

    private static PlannedRecord.Stuck MissingReference(Candidate candidate) => new(candidate.Golden, "reference-missing",
        $"The record it belongs to ({string.Join(", ", candidate.MissingReferences)}) is not at the destination yet. It follows by itself once that one is.") { RetriesItself = true };

    private static PlannedRecord.Stuck Several(GoldenRecord golden, Found[] found) => new(golden, IdentityProblem.AmbiguousAtDestination,
        $"{found.Length} records there answer to it: {string.Join(", ", found.Select(f => $"{f.Record.Key.Id} by {f.MatchedBy}"))}. Merge them there; the next run then takes the one that is left.") { RetriesItself = true };
}
