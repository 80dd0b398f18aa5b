using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>Carries out what a person decides about one field of a golden record. All or nothing, in one transaction; destinations follow with the next run.</summary>
/// <param name="maps">Of every connection that the record may be written to: where the field goes, the next plan looks at it again.</param>
public sealed class FieldDecisions(IHub hub, MapSet maps, TimeProvider clock)
{
    /// <summary>Gives a field its value and settles every conflict about it.</summary>
    /// <param name="value">Null empties the field.</param>
    /// <param name="against">The value that was decided against; null when there was none.</param>
    /// <param name="isPinned">No source changes it any more.</param>
    /// <returns>The record as it is now.</returns>
    public Task<GoldenRecord> DecideAsync(long goldenId, string field, FieldValue? value, FieldValue? against, bool isPinned, long runId, CancellationToken cancellationToken) =>
        EditAsync(goldenId, field, runId, (golden, now) => (value, new(Decision.SourceOf(golden), runId, now, Decision.RuleOf(isPinned, against))), cancellationToken);

    /// <summary>Lets sources change a pinned field again. Its value stays until one does.</summary>
    public Task<GoldenRecord> ReleaseAsync(long goldenId, string field, long runId, CancellationToken cancellationToken) =>
        EditAsync(goldenId, field, runId, (golden, now) => (golden.Fields[field], new(Decision.SourceOf(golden), runId, now, "released")), cancellationToken);

    private async Task<GoldenRecord> EditAsync(long goldenId, string field, long runId, Func<GoldenRecord, DateTimeOffset, (FieldValue? Value, FieldOrigin Origin)> decide, CancellationToken cancellationToken)
    {
        await using IHubSession session = await hub.BeginAsync(cancellationToken);
        GoldenRecord golden = (await session.LoadAsync([goldenId], cancellationToken))[goldenId];
        (FieldValue? value, FieldOrigin origin) = decide(golden, clock.GetUtcNow());
        GoldenRecord decided = golden with { Fields = golden.Fields.With(field, value), Origins = new Dictionary<string, FieldOrigin>(golden.Origins) { [field] = origin } };
        HubChanges changes = new() { Golden = { decided }, Feed = { new(goldenId, golden.Kind, runId, [new(field, golden.Fields[field], value, origin)]) }, Decided = { (goldenId, field) } };
        changes.Links.AddRange((await hub.LinksOfAsync([goldenId], cancellationToken))[goldenId].Select(l => Reopen(l, field)).OfType<Link>());
        await session.SaveAsync(changes, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return decided;
    }

    /// <summary>The link as if the field had never been sent; null where it is not.</summary>
    private Link? Reopen(Link link, string field)
    {
        string[] remote = [.. maps.Find(link.Key.Connection, link.Key.Stream)?.Rules.Where(r => r.Canonical == field && r.Direction != MapDirection.In).Select(r => r.Remote) ?? []];
        if (link.Sent.Count == 0 || remote.Length == 0) return null;
        return link with { Sent = link.Sent.With([.. remote.Select(r => (r, (FieldValue?)null))]) };
    }
}
