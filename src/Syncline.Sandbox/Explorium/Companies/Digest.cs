using System.Security.Cryptography;
using System.Text;

namespace Syncline.Sandbox.Explorium.Companies;

/// <summary>Numbers that follow from a text and from nothing else.</summary>
internal static class Digest
{
    /// <param name="length">Of the hex digits, 64 at the most.</param>
    public static string Hex(string text, int length) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..length];

    /// <summary>A number below the bound. Each aspect of a text gets its own.</summary>
    public static int Below(string text, string aspect, int bound) => (int)(BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{aspect}:{text}"))) % (uint)bound);

    public static bool Hits(string text, string aspect, double share) => Below(text, aspect, 10_000) < share * 10_000;

    public static T Pick<T>(string text, string aspect, IReadOnlyList<T> from) => from[Below(text, aspect, from.Count)];
}
