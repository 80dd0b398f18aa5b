namespace Syncline.Connectors.Http;

/// <summary>The address of a connection's deliveries, by which its webhooks are known at the provider.</summary>
internal sealed class HookAddress(Uri url)
{
    private readonly string _own = Text(url);

    /// <summary>As it is registered where the deliveries prove themselves by something else.</summary>
    public Uri Url => url;

    /// <summary>The address with a secret as its last segment.</summary>
    public Uri With(string secret) => new($"{_own}/{Uri.EscapeDataString(secret)}");

    /// <summary>What stands behind the connection's address: empty for the address itself, null for an address that is not ours. <c>…/hey</c> does not own <c>…/hey-too</c>.</summary>
    public string? Behind(string? target)
    {
        if (!Uri.TryCreate(target, UriKind.Absolute, out Uri? other)) return null;
        string text = Text(other);
        if (text == _own) return "";
        string rest = text.StartsWith(_own + "/", StringComparison.Ordinal) ? text[(_own.Length + 1)..] : "/";
        return rest.Contains('/', StringComparison.Ordinal) ? null : Uri.UnescapeDataString(rest);
    }

    // Scheme, host and port are put in one form by Uri; what follows the path tells no two connections apart.
    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
