using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Syncline.Sandbox.HeyReach;

/// <summary>The opaque cursor of V3: the place of the last conversation shown, sealed so that an edited one is known.</summary>
internal sealed class InboxCursor(int seed)
{
    private const int SealLength = 8;
    private const int TicksLength = 8;

    private readonly byte[] _key = SHA256.HashData(Encoding.ASCII.GetBytes($"cursor {seed}"));

    public string Write(Place place)
    {
        byte[] content = new byte[TicksLength + place.Id.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, place.Ticks);
        Encoding.ASCII.GetBytes(place.Id, content.AsSpan(TicksLength));
        return Base64Url.EncodeToString([.. Seal(content), .. content]);
    }

    /// <summary>The place, or null for anything this did not write.</summary>
    public Place? Read(string cursor)
    {
        byte[] bytes = new byte[Base64Url.GetMaxDecodedLength(cursor.Length)];
        if (!Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out int length) || length <= SealLength + TicksLength) return null;
        ReadOnlySpan<byte> seal = bytes.AsSpan(0, SealLength), content = bytes.AsSpan(SealLength, length - SealLength);
        if (!seal.SequenceEqual(Seal(content))) return null;
        return new(BinaryPrimitives.ReadInt64BigEndian(content), Encoding.ASCII.GetString(content[TicksLength..]));
    }

    private byte[] Seal(ReadOnlySpan<byte> content) => HMACSHA256.HashData(_key, content)[..SealLength];
}
