using System.Globalization;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>Reads the change feed for people and companies, and merges each touched person's data quality (and the note of what enrichers supplied) back.</summary>
public sealed class QualityEnrichment(IHub hub, IJournal journal, TimeProvider clock)
{
    private const string Reader = "enrich:quality";
    private const int Window = 2_000;
    private const int Chunk = 500;

    /// <returns>The place in the feed up to which everybody's score is right.</returns>
    public async Task<long> RunAsync(string sync, long runId, MergePolicies policies, CancellationToken cancellationToken)
    {
        long reached = await journal.FindOffsetAsync(Reader, cancellationToken);
        while (await hub.ReadFeedAsync(reached, Window, cancellationToken) is { Count: > 0 } window)
        {
            foreach (long[] people in (await PeopleOfAsync(window, cancellationToken)).Chunk(Chunk)) await ScoreAsync(people, new(sync, runId, clock.GetUtcNow(), policies), cancellationToken);
            reached = window[^1].Sequence;
            await journal.SaveOffsetAsync(Reader, reached, cancellationToken);
        }
        return reached;
    }

    private async Task<IReadOnlyList<long>> PeopleOfAsync(IReadOnlyList<FeedEntry> window, CancellationToken cancellationToken)
    {
        long[] companies = [.. window.Where(e => e.Change.Kind == RecordKind.Company).Select(e => e.Change.GoldenId).Distinct()];
        ILookup<long, GoldenRecord> members = await hub.ReferringAsync(RecordKind.Person, "company", companies, cancellationToken);
        return [.. window.Where(e => e.Change.Kind == RecordKind.Person).Select(e => e.Change.GoldenId).Concat(members.SelectMany(m => m).Select(p => p.Id)).Distinct()];
    }

    private async Task ScoreAsync(long[] people, MergeContext context, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<long, GoldenRecord> before = await hub.LoadAsync(people, cancellationToken);
        IReadOnlyDictionary<long, GoldenRecord> companies = await hub.LoadAsync([.. before.Values.Select(CompanyOf).OfType<long>().Distinct()], cancellationToken);
        await new DerivedMerge(hub).RunAsync(people, context, golden => golden.Where(g => g.Kind == RecordKind.Person).SelectMany(p => Derive(p, CompanyOf(p) is { } id ? companies.GetValueOrDefault(id) : null)), along: null, cancellationToken);
    }

    private IEnumerable<MappedRecord> Derive(GoldenRecord person, GoldenRecord? company)
    {
        yield return DerivedMerge.About("quality", person, RecordKind.Person, FieldSet.Of(("data_quality", FieldValue.Of((decimal)DataQuality.Of(person, company)))));
        // The note's time is that of what it says: reckoned again from the same facts it is the same note.
        DateTimeOffset? at = person.Origins.Values.Where(o => Supplied.IsSource(o.Source)).Select(o => (DateTimeOffset?)o.At).Max();
        if (at is { } time && EnrichmentNote.Of(person, company, hub.Name, time) is { Count: > 0 } note) yield return DerivedMerge.About("enrichment-note", person, RecordKind.Note, note);
    }

    private static long? CompanyOf(GoldenRecord person) =>
        person.Fields["company"] is { Type: FieldType.Reference } company ? long.Parse(company.ReferencedId, CultureInfo.InvariantCulture) : null;
}
