namespace Syncline.Sandbox.Hosting.Control;

/// <summary>Keeps keys out of what the sandbox shows: somebody may point it at real ones.</summary>
internal static class SecretMask
{
    public const string Masked = "***";

    private static readonly HashSet<string> SecretHeaders = new(["Authorization", "Proxy-Authorization", "X-API-KEY", "Cookie"], StringComparer.OrdinalIgnoreCase);

    // Older forms of authentication at HubSpot and lemlist carry the key in the query.
    private static readonly HashSet<string> SecretParameters = new(["hapikey", "access_token", "api_key"], StringComparer.OrdinalIgnoreCase);

    public static Dictionary<string, string> Headers(IReadOnlyDictionary<string, string> headers) =>
        headers.ToDictionary(h => h.Key, h => SecretHeaders.Contains(h.Key) ? Masked : h.Value, StringComparer.OrdinalIgnoreCase);

    public static string Query(string query) => query.Length == 0 ? query : string.Join('&', query.Split('&').Select(Parameter));

    private static string Parameter(string parameter)
    {
        int equals = parameter.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && SecretParameters.Contains(parameter[..equals]) ? parameter[..(equals + 1)] + Masked : parameter;
    }
}
