namespace Syncline.Connectors.HubSpot;

/// <summary>Which keys have been seen, in eight megabytes however many they are: never wrong about one that was, now and then about one that was not (a Bloom filter).</summary>
/// <remarks>What a portal takes in ten minutes at its limit, some three million keys, makes one in fourteen hundred of the unseen look seen; the keys of a hundred thousand records one in ten million.</remarks>
internal sealed class KeySieve
{
    private const int Bits = 1 << 26, Marks = 4;

    private readonly ulong[] _bits = new ulong[Bits / 64];

    public void Add(string key)
    {
        (uint place, uint step) = DigestOf(key);
        for (int i = 0; i < Marks; i++, place += step) _bits[(place % Bits) >> 6] |= 1UL << (int)(place & 63);
    }

    public bool MayHold(string key)
    {
        (uint place, uint step) = DigestOf(key);
        for (int i = 0; i < Marks; i++, place += step)
        {
            if ((_bits[(place % Bits) >> 6] & (1UL << (int)(place & 63))) == 0) return false;
        }
        return true;
    }

    /// <summary>FNV-1a over the UTF-16 units, its two halves mixed once more: the marks of one key are a step apart.</summary>
    private static (uint Place, uint Step) DigestOf(string key)
    {
        ulong digest = 14695981039346656037;
        foreach (char unit in key) digest = unchecked((digest ^ unit) * 1099511628211);
        digest = unchecked((digest ^ (digest >> 32)) * 0x9E3779B97F4A7C15);
        return ((uint)digest, (uint)(digest >> 32) | 1);
    }
}
