namespace Syncline.Sandbox.Hosting;

/// <summary>A request line's target, taken apart without decoding: simulators see what the client sent.</summary>
/// <param name="First">The first path segment, empty for <c>/</c>.</param>
/// <param name="Rest">The path after it; <c>/</c> when nothing follows.</param>
/// <param name="Query">Without its question mark.</param>
internal readonly record struct Target(string First, string Rest, string Query)
{
    public static Target Parse(string raw)
    {
        ReadOnlySpan<char> text = Origin(raw);
        int mark = text.IndexOf('?');
        ReadOnlySpan<char> path = mark < 0 ? text : text[..mark];
        string query = mark < 0 ? "" : text[(mark + 1)..].ToString();
        path = path.StartsWith('/') ? path[1..] : path;
        int slash = path.IndexOf('/');
        return slash < 0 ? new(path.ToString(), "/", query) : new(path[..slash].ToString(), path[slash..].ToString(), query);
    }

    /// <summary>The decoded segments after the first.</summary>
    public string[] Segments() => [.. Rest.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    // A client that takes the sandbox for a proxy sends the absolute form, http://127.0.0.1:5080/attio/v2.
    private static ReadOnlySpan<char> Origin(ReadOnlySpan<char> raw)
    {
        int scheme = raw.StartsWith('/') ? -1 : raw.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return raw;
        ReadOnlySpan<char> authority = raw[(scheme + 3)..];
        int end = authority.IndexOfAny('/', '?');
        return end < 0 ? "/" : authority[end..];
    }
}
