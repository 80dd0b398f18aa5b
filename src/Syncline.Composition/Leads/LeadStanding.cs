using System.Globalization;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Imports;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Composition.Leads;

/// <summary>A record at a destination that a lead is, belongs to, or is told in.</summary>
/// <param name="Kind">The person, the company, or a note about the person.</param>
/// <param name="Name">What a person recognises it by.</param>
/// <param name="IsOurs">True when a run of this hub made it.</param>
/// <param name="SyncedAt">When it was last written; null where it was found as it should be.</param>
/// <param name="WebUrl">Its page there, where it is known.</param>
internal sealed record LeadPlace(RecordKind Kind, RecordKey Key, string Name, LinkState State, bool IsOurs, DateTimeOffset? SyncedAt, string? WebUrl);

/// <summary>How far a lead has come, and where it is.</summary>
/// <param name="Syncs">The syncs that read the list; none where nothing carries leads anywhere.</param>
internal sealed record LeadStanding(IReadOnlyList<string> Syncs)
{
    /// <summary>The person in the hub, <c>person/42</c>; null while no sync has read the lead.</summary>
    public string? Person { get; init; }

    /// <summary>The company in the hub.</summary>
    public string? Company { get; init; }

    /// <summary>Person, company and notes at the destinations, by connection; empty while it is written nowhere.</summary>
    public IReadOnlyList<LeadPlace> Places { get; init; } = [];

    /// <summary>What has failed and is not mended, newest first.</summary>
    public IReadOnlyList<DeadLetter> Failures { get; init; } = [];

    /// <summary>When anything of it was last written; null when nothing was.</summary>
    public DateTimeOffset? SyncedAt => Places.Max(p => p.SyncedAt);
}

/// <summary>Looks up where a lead stands, in the hub alone: no provider is asked.</summary>
internal sealed class LeadStandings(SynclineConfiguration configuration, SqliteStore store)
{
    private const string Provider = "leads", Stream = "leads";

    // The newest of a sync that are looked through; a sync with more has another trouble than this lead.
    private const int SearchedFailures = 10_000;

    private readonly string[] _lists = [.. configuration.Connections.Where(c => c.Provider == Provider).Select(c => c.Name)];

    /// <summary>Each list of leads there is under its connection's name has the same leads: the first that was read answers.</summary>
    public async Task<LeadStanding> FindAsync(string leadId, CancellationToken cancellationToken)
    {
        SyncConfiguration[] syncs = [.. configuration.Syncs.Where(s => s.From.Intersect(_lists).Any() || s.From.Contains(SyncScope.WholeHub))];
        LeadStanding standing = new([.. syncs.Where(s => s.From.Intersect(_lists).Any()).Select(s => s.Name)]);
        string[] subjects = [.. _lists.Select(l => new RecordKey(l, Stream, leadId).ToString())];
        IReadOnlyDictionary<RecordKey, Link> links = await store.Hub.FindLinksAsync([.. _lists.Select(l => new RecordKey(l, Stream, leadId))], cancellationToken);
        if (links.Values.FirstOrDefault() is not { } link || (await store.Hub.LoadAsync([link.GoldenId], cancellationToken)).GetValueOrDefault(link.GoldenId) is not { } person)
        {
            return standing with { Failures = await FailuresAsync(syncs, subjects, cancellationToken) };
        }
        GoldenRecord[] records = await RecordsAsync(person, cancellationToken);
        return standing with
        {
            Person = person.Reference.Text,
            Company = records.FirstOrDefault(r => r.Kind == RecordKind.Company)?.Reference.Text,
            Places = await PlacesAsync(records, cancellationToken),
            Failures = await FailuresAsync(syncs, [.. records.Select(r => r.Reference.Text), .. subjects], cancellationToken),
        };
    }

    /// <summary>The person, the company, and the notes about the person, oldest first.</summary>
    private async Task<GoldenRecord[]> RecordsAsync(GoldenRecord person, CancellationToken cancellationToken)
    {
        long? company = person.Fields["company"] is { Type: FieldType.Reference } reference ? long.Parse(reference.ReferencedId, CultureInfo.InvariantCulture) : null;
        GoldenRecord? known = company is { } id ? (await store.Hub.LoadAsync([id], cancellationToken)).GetValueOrDefault(id) : null;
        IEnumerable<GoldenRecord> notes = (await store.Hub.ReferringAsync(RecordKind.Note, "person", [person.Id], cancellationToken))[person.Id];
        return [person, .. known is null ? [] : new[] { known }, .. notes.Where(n => !n.IsDeleted).OrderBy(n => n.Id)];
    }

    private async Task<IReadOnlyList<LeadPlace>> PlacesAsync(GoldenRecord[] records, CancellationToken cancellationToken)
    {
        ILookup<long, Link> links = await store.Hub.LinksOfAsync([.. records.Select(r => r.Id)], cancellationToken);
        List<LeadPlace> places = [];
        foreach (GoldenRecord record in records)
        {
            // What was sent nowhere is a source's own record: it is no place that a lead was brought to.
            Link[] written = [.. links[record.Id].Where(l => l.Sent.Count > 0 && l.Key.Connection != SyncScope.Derived)];
            IReadOnlyList<JournalEntry> journal = written.Length == 0 ? [] : await store.Journal.OfRecordAsync(record.Id, cancellationToken);
            foreach (Link link in written) places.Add(await PlaceAsync(record, link, journal, cancellationToken));
        }
        return [.. places.OrderBy(p => p.Key.Connection, StringComparer.Ordinal)];
    }

    private async Task<LeadPlace> PlaceAsync(GoldenRecord record, Link link, IReadOnlyList<JournalEntry> journal, CancellationToken cancellationToken)
    {
        ImportEntry? imported = (await store.Imports.FindAsync(link.Key.Connection, [link.Key.Id], cancellationToken)).GetValueOrDefault(link.Key.Id);
        DateTimeOffset? syncedAt = journal.Where(e => e.State == OperationState.Done && e.RemoteId == link.Key.Id && e.Operation.Stream.Connection == link.Key.Connection).Max(e => (DateTimeOffset?)e.At);
        return new(record.Kind, link.Key, record.Fields["title"]?.Text is { } title && record.Kind == RecordKind.Note ? title : RecordName.Of(record.Fields), link.State, link.IsOurs, syncedAt, imported?.WebUrl);
    }

    /// <summary>Also what was left out by rule, with its reason.</summary>
    private async Task<IReadOnlyList<DeadLetter>> FailuresAsync(SyncConfiguration[] syncs, string[] subjects, CancellationToken cancellationToken)
    {
        List<DeadLetter> failures = [];
        foreach (SyncConfiguration sync in syncs)
        {
            foreach (bool skipped in new[] { false, true }) failures.AddRange(await store.Journal.DeadLettersAsync(sync.Name, skipped, SearchedFailures, cancellationToken));
        }
        return [.. failures.Where(f => subjects.Contains(f.Key.Subject) || subjects.Contains(WholeOf(f.Key.Subject))).OrderByDescending(f => f.At)];
    }

    /// <summary>The record that a letter about one of its values, <c>person/42#email_addresses</c>, is about.</summary>
    private static string WholeOf(string subject) => subject.IndexOf('#', StringComparison.Ordinal) is > 0 and int at ? subject[..at] : subject;
}
