using System.Security.Cryptography;
using System.Text;

namespace Syncline.Connectors.Http;

/// <summary>The proof of providers that do not sign: the secret itself comes with the delivery.</summary>
internal static class SharedSecret
{
    // Hashes are of one length, so that the time a comparison takes tells nothing about the secret.
    public static bool Matches(string? given, string secret) =>
        given is not null && secret.Length > 0 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
