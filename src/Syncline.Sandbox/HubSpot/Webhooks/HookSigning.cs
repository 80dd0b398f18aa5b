using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Syncline.Sandbox.HubSpot.Webhooks;

/// <summary>The signatures of a hook, by the app's client secret.</summary>
internal static class HookSigning
{
    /// <summary>What is decoded in the signed address; everything else stays as it was sent.</summary>
    private static readonly (string Escape, string Character)[] Decoded =
    [
        ("%3A", ":"), ("%2F", "/"), ("%3F", "?"), ("%40", "@"), ("%21", "!"), ("%24", "$"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*"), ("%2C", ","), ("%3B", ";"),
    ];

    /// <summary>Lower-case hexadecimal SHA-256 of secret and body.</summary>
    public static string V1(string secret, string body) => Hash(secret + body);

    /// <summary>As v1, with method and address between them.</summary>
    public static string V2(string secret, string method, string uri, string body) => Hash(secret + method + uri + body);

    /// <summary>Base64 HMAC-SHA-256 of method, address, body and the time in milliseconds.</summary>
    public static string V3(string secret, string method, string uri, string body, long timestamp) => Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(method + Signed(uri) + body + timestamp.ToString(CultureInfo.InvariantCulture))));

    private static string Signed(string uri)
    {
        string signed = uri.Split('#')[0];
        foreach ((string escape, string character) in Decoded) signed = signed.Replace(escape, character, StringComparison.OrdinalIgnoreCase);
        return signed;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
