using System.Globalization;
using Syncline.Extraction;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>Reads the change feed for messages and conversations, and merges each touched person's figures (and note) back, as one more source.</summary>
public sealed class EngagementEnrichment(IHub hub, IJournal journal, TimeProvider clock)
{
    private const string Reader = "enrich:engagement";
    private const int Window = 2_000;

    /// <summary>Brings every person up to date whose messages changed since the last time.</summary>
    /// <param name="withNotes">Also keep one conversation note a person.</param>
    /// <returns>The place in the feed up to which everybody's figures are right.</returns>
    public async Task<long> RunAsync(string sync, long runId, MergePolicies policies, bool withNotes, CancellationToken cancellationToken)
    {
        // Notes have a place of their own in the feed: switched on later, they start from its beginning.
        string reader = withNotes ? Reader + "+notes" : Reader;
        long reached = await journal.FindOffsetAsync(reader, cancellationToken);
        while (await hub.ReadFeedAsync(reached, Window, cancellationToken) is { Count: > 0 } window)
        {
            IReadOnlyList<long> people = await PeopleOfAsync(window, cancellationToken);
            if (people.Count > 0) await MergeAsync(people, new(sync, runId, clock.GetUtcNow(), policies), withNotes, cancellationToken);
            reached = window[^1].Sequence;
            await journal.SaveOffsetAsync(reader, reached, cancellationToken);
        }
        return reached;
    }

    private async Task<IReadOnlyList<long>> PeopleOfAsync(IReadOnlyList<FeedEntry> window, CancellationToken cancellationToken)
    {
        long[] talk = [.. window.Where(e => e.Change.Kind == RecordKind.Message || e.Change.Kind == RecordKind.Conversation).Select(e => e.Change.GoldenId).Distinct()];
        if (talk.Length == 0) return [];
        IReadOnlyDictionary<long, GoldenRecord> records = await hub.LoadAsync(talk, cancellationToken);
        // Whoever a message belonged to before has fewer now.
        IEnumerable<FieldValue?> former = window.SelectMany(e => e.Change.Fields).Where(f => f.Field == "person").Select(f => f.Before);
        return [.. records.Values.Select(r => r.Fields["person"]).Concat(former).OfType<FieldValue>().Select(p => long.Parse(p.ReferencedId, CultureInfo.InvariantCulture)).Distinct().Order()];
    }

    private async Task MergeAsync(IReadOnlyList<long> people, MergeContext context, bool withNotes, CancellationToken cancellationToken)
    {
        ILookup<long, GoldenRecord> messages = await hub.ReferringAsync(RecordKind.Message, "person", people, cancellationToken);
        ILookup<long, GoldenRecord> conversations = await hub.ReferringAsync(RecordKind.Conversation, "person", people, cancellationToken);
        await new DerivedMerge(hub).RunAsync(people, context, golden => golden.SelectMany(person => Derive(person, messages[person.Id], conversations[person.Id], withNotes)), along: null, cancellationToken);
    }

    private IEnumerable<MappedRecord> Derive(GoldenRecord person, IEnumerable<GoldenRecord> messages, IEnumerable<GoldenRecord> conversations, bool withNotes)
    {
        GoldenRecord[] said = [.. messages];
        yield return DerivedMerge.About("engagement", person, RecordKind.Person, Engagement.Of(said, [.. conversations]));
        if (withNotes && ConversationNote.Of(person, hub.Name, said) is { Count: > 0 } note) yield return DerivedMerge.About("notes", person, RecordKind.Note, note);
    }
}
