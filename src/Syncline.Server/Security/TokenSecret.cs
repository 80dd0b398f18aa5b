using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Syncline.Server.Security;

/// <summary>API tokens: shown once, kept as a hash.</summary>
internal static class TokenSecret
{
    // So that scanners for leaked secrets, and people, know what it is.
    private const string Prefix = "syncline_";

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>256 random bits need no slow hash.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
