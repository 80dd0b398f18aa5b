using Syncline.Composition.Logging;
using Syncline.Composition.Workspaces;
using Syncline.Imports;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Server.Hosting;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Server.Contacts;

/// <summary>Records of the hub, for people to look at and to correct. A correction is a run of its own, and noted with who made it.</summary>
internal sealed class ContactDesk(Premises premises, AuditTrail trail)
{
    // More about one record than a person reads at a time.
    private const int MostLetters = 100;

    private SqliteStore Store => premises.Store;

    /// <param name="reference"><c>person/42</c>, <c>42</c>, or a key: an e-mail address, a domain.</param>
    /// <exception cref="Composition.Telling.UsageException">There is no such record.</exception>
    public Task<GoldenRecord> FindAsync(string reference, CancellationToken cancellationToken) => RecordLookup.FindAsync(Store.Hub, reference, cancellationToken);

    public async Task<RecordSheet> OpenAsync(GoldenRecord golden, CancellationToken cancellationToken)
    {
        IReadOnlyList<FeedEntry> history = await Store.Hub.FeedOfRecordAsync(golden.Id, cancellationToken);
        IReadOnlyList<JournalEntry> writes = await Store.Journal.OfRecordAsync(golden.Id, cancellationToken);
        List<Place> places = [];
        foreach (Link link in (await Store.Hub.LinksOfAsync([golden.Id], cancellationToken))[golden.Id].Where(l => l.Key.Connection != SyncScope.Derived))
        {
            places.Add(Place.Of(link, history, writes, await PageOfAsync(link, cancellationToken)));
        }
        return new(
            golden, places, [.. history.Reverse()], await Store.DeadLetters.ListAsync(new() { GoldenId = golden.Id }, null, MostLetters, cancellationToken), await Store.Conflicts.OfRecordAsync(golden.Id, cancellationToken));
    }

    /// <summary>The record with its state; null for one that is deleted.</summary>
    public async Task<Contact?> StandingAsync(GoldenRecord golden, CancellationToken cancellationToken) =>
        (await Store.Contacts.ListAsync(new(golden.Kind), golden.Id - 1, 1, cancellationToken)).FirstOrDefault(c => c.Golden.Id == golden.Id);

    /// <exception cref="Composition.Telling.UsageException">The record never had a value of the field.</exception>
    public Task<FieldStory> WhyAsync(GoldenRecord golden, string field, CancellationToken cancellationToken) => FieldStory.TellAsync(premises.Current, Store, golden, field, cancellationToken);

    /// <param name="text">As a person types it; null pins the field to be empty.</param>
    public Task<(RunRow Run, GoldenRecord Golden)> PinAsync(GoldenRecord golden, string field, string? text, string by, CancellationToken cancellationToken) =>
        NoteAsync(by, "field.pinned", golden, field, workspace => new ValueDecisions(workspace, trail) { By = by }.PinAsync(golden, field, text, cancellationToken), cancellationToken);

    public Task<(RunRow Run, GoldenRecord Golden)> ReleaseAsync(GoldenRecord golden, string field, string by, CancellationToken cancellationToken) =>
        NoteAsync(by, "field.released", golden, field, workspace => new ValueDecisions(workspace, trail) { By = by }.ReleaseAsync(golden, field, cancellationToken), cancellationToken);

    public Task<(RunRow Run, GoldenRecord Golden)> SettleAsync(GoldenRecord golden, Conflict conflict, Side side, string? text, bool isPinned, string by, CancellationToken cancellationToken) =>
        NoteAsync(by, "conflict.decided", golden, conflict.Field, workspace => new ValueDecisions(workspace, trail) { By = by }.SettleAsync(golden, conflict, side, text, isPinned, cancellationToken), cancellationToken);

    /// <exception cref="IdentityEditException">The two cannot be merged.</exception>
    public Task<IdentityEdit> PreviewMergeAsync(GoldenRecord kept, GoldenRecord other, CancellationToken cancellationToken) => Edits.PreviewMergeAsync(kept.Id, other.Id, cancellationToken);

    /// <exception cref="IdentityEditException">It cannot be split that way.</exception>
    public Task<IdentityEdit> PreviewSplitAsync(GoldenRecord golden, IReadOnlyCollection<RecordKey> places, CancellationToken cancellationToken) => Edits.PreviewSplitAsync(golden.Id, places, cancellationToken);

    public Task<(RunRow Run, IdentityEdit Edit)> MergeAsync(GoldenRecord kept, GoldenRecord other, string by, CancellationToken cancellationToken) => NoteAsync(
        by, "record.merged", kept, other.Reference.Text,
        workspace => new Deciding(workspace, trail) { By = by }.EditAsync("merge", (edits, runId) => edits.MergeAsync(kept.Id, other.Id, runId, cancellationToken), cancellationToken),
        cancellationToken);

    public Task<(RunRow Run, IdentityEdit Edit)> SplitAsync(GoldenRecord golden, IReadOnlyCollection<RecordKey> places, string by, CancellationToken cancellationToken) => NoteAsync(
        by, "record.split", golden, $"{places.Count} places",
        workspace => new Deciding(workspace, trail) { By = by }.EditAsync("split", (edits, runId) => edits.SplitAsync(golden.Id, places, runId, cancellationToken), cancellationToken),
        cancellationToken);

    private IdentityEdits Edits => new(Store.Hub, Store.Journal, premises.Clock);

    private async Task<T> NoteAsync<T>(string by, string what, GoldenRecord about, string detail, Func<Workspace, Task<T>> work, CancellationToken cancellationToken)
    {
        using Workspace workspace = premises.Open(Priority.Manual);
        T done = await work(workspace);
        await Store.AuditLog.WriteAsync(by, what, about.Reference.Text, detail, cancellationToken);
        return done;
    }

    /// <summary>Only an import keeps a record's own address; of the others, what they show of LinkedIn leads to the person.</summary>
    private async Task<string?> PageOfAsync(Link link, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, ImportEntry> imported = await Store.Imports.FindAsync(link.Key.Connection, [link.Key.Id], cancellationToken);
        if (imported.GetValueOrDefault(link.Key.Id)?.WebUrl is { } address) return WebAddress.Checked(address);
        return link.Seen["linkedin"] is { } slug ? WebAddress.Of(link.Kind, "linkedin", slug.Items[0].Text) : null;
    }
}
