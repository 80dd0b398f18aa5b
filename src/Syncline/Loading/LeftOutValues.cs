using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Loading;

/// <summary>Values that earlier runs wrote their records without, and listed. One that its record no longer has, or has in a form that goes elsewhere, is nothing anybody could still correct.</summary>
internal sealed class LeftOutValues(IJournal journal, LoadContext context, string connection, MapSet maps)
{
    // As many as a person will look through; what is older stays listed until its field is written.
    private const int MostLooked = 10_000;

    private Task<ILookup<string, string>>? _listed;

    /// <summary>The listed values of these records that are no longer wanted at the destination.</summary>
    public async Task<IReadOnlyList<DeadLetterKey>> GoneAsync(DestinationStream stream, IReadOnlyList<PlannedRecord> planned, CancellationToken cancellationToken)
    {
        ILookup<string, string> listed = await (_listed ??= ListedAsync(cancellationToken));
        if (listed.Count == 0 || maps.Find(connection, stream.Stream) is not { } map) return [];
        return [.. from record in planned let subject = record.Golden.Reference.Text from field in listed[subject] where IsGone(map, record.Golden, field) select new DeadLetterKey(context.Sync, connection, $"{subject}#{field}")];
    }

    private async Task<ILookup<string, string>> ListedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<DeadLetter> refused = await journal.DeadLettersAsync(context.Sync, skipped: false, MostLooked, cancellationToken), skipped = await journal.DeadLettersAsync(context.Sync, skipped: true, MostLooked, cancellationToken);
        return refused.Concat(skipped).Where(l => l.Key.Connection == connection).Select(l => l.Key.Subject.Split('#', 2)).Where(parts => parts.Length == 2).ToLookup(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }

    /// <summary>Only of a field of the record's own: what another record or another system lends it is not known here.</summary>
    private static bool IsGone(FieldMap map, GoldenRecord golden, string field)
    {
        FieldRule[] rules = [.. map.Rules.Where(r => r.Remote == field && r.Direction != MapDirection.In)];
        return rules.Length > 0 && rules.All(r => r.Path is null && IdElsewhere.StreamOf(r.Canonical) is null && CanonicalSchema.Find(map.Kind, r.Canonical) is not null) && map.ToRemote(golden.Fields)[field] is null;
    }
}
