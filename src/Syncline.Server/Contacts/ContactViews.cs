using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Server.Conflicts;
using Syncline.Server.Failures;
using Syncline.Syncs;

namespace Syncline.Server.Contacts;

/// <summary>A page of contacts.</summary>
/// <param name="States">How many the filter lets through, by state, whatever state was asked for.</param>
internal sealed record ContactsView(IReadOnlyList<ContactView> Items, string? Next, IReadOnlyDictionary<string, long> States);

/// <summary>A contact in a list.</summary>
/// <param name="Record"><c>person/42</c>.</param>
/// <param name="State">imported, enriching, enriched, syncing, synced, failed.</param>
/// <param name="Sources">Connections that show it.</param>
/// <param name="Destinations">Connections it was written to.</param>
/// <param name="Reason">Of a failed one: why, and what can be done.</param>
internal sealed record ContactView(long Id, string Record, string Name, string State, IReadOnlyList<string> Sources, IReadOnlyList<string> Destinations, string? Reason, DateTimeOffset? NextAttempt, JsonObject Fields)
{
    public static ContactView Of(Contact c) =>
        new(c.Golden.Id, c.Golden.Reference.Text, RecordName.Of(c.Golden.Fields), Tables.Word(c.State), c.Sources, c.Destinations, c.Reason, c.NextAttempt, RunJson.Of(c.Golden.Fields));
}

/// <summary>All that is known of one record.</summary>
/// <param name="State">Null for one that is deleted.</param>
internal sealed record RecordView(
    long Id, string Record, string Kind, string Name, string? State, bool Deleted, IReadOnlyList<FieldView> Fields, IReadOnlyList<PlaceView> Places, IReadOnlyList<FailureView> Failures, IReadOnlyList<ConflictView> Conflicts)
{
    public static RecordView Of(RecordSheet sheet, Contact? standing) => new(
        sheet.Golden.Id, sheet.Golden.Reference.Text, sheet.Golden.Kind.Name, RecordName.Of(sheet.Golden.Fields), standing is null ? null : Tables.Word(standing.State), sheet.Golden.IsDeleted,
        [.. sheet.Golden.Fields.Select(f => FieldView.Of(f, sheet.Golden.Origins.GetValueOrDefault(f.Name)))], [.. sheet.Places.Select(PlaceView.Of)], [.. sheet.Letters.Select(FailureView.Of)],
        [.. sheet.Conflicts.Select(c => ConflictView.Of(new(c, sheet.Golden)))]);
}

/// <summary>A value with its lineage.</summary>
/// <param name="Source">The remote record that supplied it: connection/stream/id.</param>
internal sealed record FieldView(string Field, JsonNode? Value, string? Source, long? Run, DateTimeOffset? At, string? Rule, bool Pinned)
{
    public static FieldView Of(Field field, FieldOrigin? origin) => new(field.Name, RunJson.Of(field.Value), origin?.Source.ToString(), origin?.RunId, origin?.At, origin?.Rule, Decision.IsPinned(origin));
}

/// <summary>One remote record.</summary>
/// <param name="State">live, double, gone.</param>
/// <param name="Ours">One of our writes made it.</param>
internal sealed record PlaceView(string Place, string Connection, string Stream, string Id, string State, bool Ours, DateTimeOffset? ReadAt, DateTimeOffset? WrittenAt, string? Page)
{
    public static PlaceView Of(Place p) =>
        new(p.Link.Key.ToString(), p.Link.Key.Connection, p.Link.Key.Stream, p.Link.Key.Id, p.Link.State.ToString().ToLowerInvariant(), p.Link.IsOurs, p.ReadAt, p.WrittenAt, p.Page);
}

/// <summary>One step of a record's history.</summary>
internal sealed record StepView(long Sequence, DateTimeOffset At, long Run, IReadOnlyList<MoveView> Changes)
{
    public static StepView Of(FeedEntry entry) => new(entry.Sequence, entry.At, entry.Change.RunId, [.. entry.Change.Fields.Select(MoveView.Of)]);
}

/// <summary>One field's move.</summary>
internal sealed record MoveView(string Field, JsonNode? Before, JsonNode? After, string Source, string Rule)
{
    public static MoveView Of(FieldChange change) => new(change.Field, RunJson.Of(change.Before), RunJson.Of(change.After), change.Origin.Source.ToString(), change.Origin.Rule);
}

/// <summary>How a value came to be.</summary>
internal sealed record WhyView(string Record, string Field, JsonNode? Value, IReadOnlyList<WhyChange> Changes, IReadOnlyList<WhyWrite> Writes, IReadOnlyList<WhySide> Sides)
{
    public static WhyView Of(FieldStory story) => new(
        story.Golden.Reference.Text, story.Field, RunJson.Of(story.Golden.Fields[story.Field]),
        [.. story.Moves.Select(m => new WhyChange(m.Entry.At, m.Entry.Change.RunId, m.Change.Origin.Source.ToString(), m.Change.Origin.Rule, RunJson.Of(m.Change.Before), RunJson.Of(m.Change.After)))],
        [.. story.Writes.Select(w => new WhyWrite(w.Entry.At, w.Entry.RunId, w.Entry.Operation.Stream.ToString(), w.Entry.RemoteId, w.Remote, w.State, RunJson.Of(w.Before), RunJson.Of(w.After)))],
        [.. story.Sides.Select(s => new WhySide(s.Place.ToString(), RunJson.Of(s.Shown), RunJson.Of(s.Sent), RunJson.Of(s.Answered)))]);
}

/// <summary>One move of the field in the hub; the run of a person's decision says in its detail whose it was.</summary>
internal sealed record WhyChange(DateTimeOffset At, long Run, string Source, string Rule, JsonNode? Before, JsonNode? After);

/// <summary>One write of the field at a destination.</summary>
internal sealed record WhyWrite(DateTimeOffset At, long Run, string Stream, string? Id, string RemoteField, string State, JsonNode? Before, JsonNode? After);

/// <summary>What one place last held of the field.</summary>
/// <param name="Answered">The base that the next comparison starts from, by remote field.</param>
internal sealed record WhySide(string Place, JsonNode? Shown, JsonObject Sent, JsonObject Answered);
