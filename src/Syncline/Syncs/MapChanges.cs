using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Syncline.Loading;
using Syncline.Mapping;

namespace Syncline.Syncs;

/// <summary>Whether a sync's field maps are those of its last complete run: a new rule has to reach records that will not change by themselves.</summary>
internal sealed class MapChanges(IJournal journal, string sync)
{
    /// <summary>True when the maps a connection is read by are others than last time. The first time there is nothing to compare with, and everything is read anyway.</summary>
    public Task<bool> AreNewInwardAsync(string connection, IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => AreNewAsync(InwardOf(connection), FingerprintOf(maps, MapDirection.Out), cancellationToken);

    /// <summary>The same for the maps it is written by.</summary>
    public Task<bool> AreNewOutwardAsync(string connection, IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => AreNewAsync(OutwardOf(connection), FingerprintOf(maps, MapDirection.In), cancellationToken);

    /// <summary>Everything was read by these maps.</summary>
    public Task NoteInwardAsync(string connection, IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => NoteAsync(InwardOf(connection), FingerprintOf(maps, MapDirection.Out), cancellationToken);

    /// <summary>Everything was written by these maps.</summary>
    public Task NoteOutwardAsync(string connection, IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => NoteAsync(OutwardOf(connection), FingerprintOf(maps, MapDirection.In), cancellationToken);

    private async Task<bool> AreNewAsync(string reader, long fingerprint, CancellationToken cancellationToken) =>
        await journal.FindOffsetAsync(reader, cancellationToken) is not 0 and var known && known != fingerprint;

    private async Task NoteAsync(string reader, long fingerprint, CancellationToken cancellationToken)
    {
        if (await journal.FindOffsetAsync(reader, cancellationToken) != fingerprint) await journal.SaveOffsetAsync(reader, fingerprint, cancellationToken);
    }

    private string InwardOf(string connection) => $"maps:{sync}:in:{connection}";

    private string OutwardOf(string connection) => $"maps:{sync}:out:{connection}";

    /// <summary>Never 0: that is what a reader without a place has.</summary>
    private static long FingerprintOf(IReadOnlyList<FieldMap> maps, MapDirection other)
    {
        StringBuilder text = new();
        foreach (FieldMap map in maps.OrderBy(m => m.Stream, StringComparer.Ordinal))
        {
            text.Append('\n').Append(map.Stream).Append(' ').Append(map.Kind.Name);
            foreach (FieldRule rule in map.Rules.Where(r => r.Direction != other)) text.Append('\n').Append(rule.Remote).Append(' ').Append(rule.Canonical).Append(' ').Append((other == MapDirection.Out ? rule.Inward : rule.Outward)?.Name);
        }
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))) | 1;
    }
}
