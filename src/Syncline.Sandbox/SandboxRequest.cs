using System.Text;

namespace Syncline.Sandbox;

/// <summary>One HTTP request as a simulator sees it: no socket, no framework type.</summary>
/// <param name="Method">Upper case, <c>GET</c>.</param>
/// <param name="Path">From the provider's base on, still percent-encoded: <c>/v2/objects/people/records/query</c>.</param>
/// <param name="Query">The raw query string without its question mark; empty when there is none.</param>
/// <param name="Headers">Names compare without case.</param>
/// <param name="Body">UTF-8 text; empty when there is none.</param>
public sealed record SandboxRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The header's value, or null when it was not sent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The query parameters, decoded, in the order sent.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters()
    {
        foreach (string part in Query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            yield return new(Decode(name), equals < 0 ? "" : Decode(part[(equals + 1)..]));
        }
    }

    /// <summary>The first parameter of that name, or null.</summary>
    public string? Parameter(string name) => Parameters().Where(p => p.Key == name).Select(p => p.Value).FirstOrDefault();

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

/// <summary>One HTTP answer. A null <see cref="ContentType"/> sends no Content-Type header at all (some providers do that).</summary>
public sealed record SandboxResponse(int Status, string Body = "", string? ContentType = "application/json; charset=utf-8")
{
    /// <summary>Headers beside Content-Type and Content-Length.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body's length on the wire, bytes.</summary>
    public int Length => Encoding.UTF8.GetByteCount(Body);
}
