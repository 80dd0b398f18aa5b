using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Syncline.Sandbox.Quo.Webhooks;

/// <summary>The two signatures: Standard Webhooks for the dated surface, OpenPhone's own for v1.</summary>
/// <remarks>Keys are base64 without the <c>whsec_</c> before it.</remarks>
internal static class HookSigning
{
    /// <summary>One entry of <c>webhook-signature</c>.</summary>
    /// <param name="seconds">Unix time.</param>
    public static string Standard(string key, string id, long seconds, string body) =>
        "v1," + Mac(key, string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.{body}"));

    /// <summary>The value of <c>openphone-signature</c>.</summary>
    /// <param name="milliseconds">Unix time.</param>
    public static string Legacy(string key, long milliseconds, string body) =>
        string.Create(CultureInfo.InvariantCulture, $"hmac;1;{milliseconds};{Mac(key, string.Create(CultureInfo.InvariantCulture, $"{milliseconds}.{body}"))}");

    private static string Mac(string key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text)));
}
