namespace Syncline.Sandbox.Quo.Wire;

/// <summary>Which of the two live surfaces a path belongs to.</summary>
internal static class Surface
{
    public const string Version = "2026-03-30";
    public const string VersionHeader = "Quo-Api-Version";

    public static bool IsV1(string path) => path == "/v1" || path.StartsWith("/v1/", StringComparison.Ordinal);

    /// <summary>The dated surface asks for its version before it asks who calls.</summary>
    public static void CheckVersion(SandboxRequest request)
    {
        if (IsV1(request.Path) || request.Header(VersionHeader) == Version) return;
        throw Refuse.Bad($"/headers/{VersionHeader}", $"The header {VersionHeader} must be {Version}", request.Header(VersionHeader));
    }
}
