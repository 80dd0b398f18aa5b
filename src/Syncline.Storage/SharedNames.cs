using System.Text;

namespace Syncline.Storage;

/// <summary>One string for a name that is read again and again: kinds, connections, streams, fields, rules.</summary>
/// <remarks>
/// A table of fixed size in which a later name takes an earlier one's place: names that turn out to be many, such as the custom fields of a wide file, cost memory for as many as it has places and no more.
/// Flows may read it at a time: an entry is whole or not there.
/// </remarks>
internal static class SharedNames
{
    private const int Places = 1024, Longest = 64;

    private static readonly Entry?[] Entries = new Entry?[Places];

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > Longest) return Encoding.UTF8.GetString(utf8);
        ref Entry? place = ref Entries[PlaceOf(utf8)];
        if (place is { } known && utf8.SequenceEqual(known.Utf8)) return known.Text;
        Entry entry = new(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        place = entry;
        return entry.Text;
    }

    /// <summary>FNV-1a: short, and the same in every process.</summary>
    private static uint PlaceOf(ReadOnlySpan<byte> utf8)
    {
        uint hash = 2166136261;
        foreach (byte b in utf8) hash = (hash ^ b) * 16777619;
        return (hash ^ (hash >> 15)) % Places;
    }

    private sealed record Entry(byte[] Utf8, string Text);
}
