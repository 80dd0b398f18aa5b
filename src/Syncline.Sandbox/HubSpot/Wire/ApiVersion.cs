namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>The version segment of a path, oldest first.</summary>
internal enum ApiVersion { V1, V3, V4, Dated202603, Dated202609 }

/// <summary>A request's path without its version, so that one model serves all of them.</summary>
/// <param name="Segments">The family first: <c>objects</c>, <c>contacts</c>, <c>batch</c>, <c>read</c>.</param>
internal sealed record CanonicalPath(ApiVersion Version, string[] Segments)
{
    private static readonly string[] CrmFamilies = ["objects", "associations", "properties", "pipelines", "owners", "lists", "limits", "schemas"];
    private static readonly string[] RootFamilies = ["oauth", "account-info", "webhooks", "appinstalls"];

    /// <summary>Null when no API begins like this.</summary>
    public static CanonicalPath? Read(string path) => PathTemplate.Segments(path) switch
    {
        ["crm", var version, var family, .. var rest] when Legacy(version) is { } legacy && CrmFamilies.Contains(family) => new(legacy, [family, .. rest]),
        ["crm", var family, var version, .. var rest] when Dated(version) is { } dated && CrmFamilies.Contains(family) => new(dated, [family, .. rest]),
        ["crm-object-schemas", var version, "schemas", .. var rest] when Dated(version) is { } dated => new(dated, ["schemas", .. rest]),
        // The consent page has no version; the app settings of webhooks changed their name with 2026-09.
        ["oauth", "authorize"] => new(ApiVersion.V1, ["oauth", "authorize"]),
        ["app-webhooks", "2026-09", .. var rest] => new(ApiVersion.Dated202609, ["webhooks", .. rest]),
        [var family, var version, .. var rest] when RootFamilies.Contains(family) && (Dated(version) ?? Legacy(version)) is { } read => new(read, [family, .. rest]),
        _ => null,
    };

    private static ApiVersion? Legacy(string segment) => segment switch
    {
        "v1" => ApiVersion.V1,
        "v3" => ApiVersion.V3,
        "v4" => ApiVersion.V4,
        _ => null,
    };

    private static ApiVersion? Dated(string segment) => segment switch
    {
        "2026-03" => ApiVersion.Dated202603,
        "2026-09" => ApiVersion.Dated202609,
        _ => null,
    };
}
