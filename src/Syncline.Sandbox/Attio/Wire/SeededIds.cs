namespace Syncline.Sandbox.Attio.Wire;

/// <summary>Random-looking version 4 UUIDs that are the same for the same seed.</summary>
internal sealed class SeededIds(int seed)
{
    private readonly Random _random = new(seed);

    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public bool Toss() => _random.Next(2) == 0;
}
