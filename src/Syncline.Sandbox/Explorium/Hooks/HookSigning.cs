using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Syncline.Sandbox.Explorium.Hooks;

/// <summary>The signature of a hook: HMAC-SHA256 over the timestamp, a dot and the body, in base64url with its padding.</summary>
internal static class HookSigning
{
    public static string Sign(string secret, long timestamp, string body)
    {
        string signed = string.Create(CultureInfo.InvariantCulture, $"{timestamp}.{body}");
        return Text(HMACSHA256.HashData(Bytes(secret), Encoding.UTF8.GetBytes(signed)));
    }

    public static string Text(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');

    private static byte[] Bytes(string text) => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/'));
}
