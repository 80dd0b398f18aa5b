using Syncline.Records;

namespace Syncline.Server.Contacts;

/// <summary>Where a value leads in a browser.</summary>
internal static class WebAddress
{
    /// <returns>Null for what leads nowhere.</returns>
    public static string? Of(RecordKind kind, string field, string text) => field switch
    {
        "email" => text.Contains('@', StringComparison.Ordinal) ? "mailto:" + Uri.EscapeDataString(text).Replace("%40", "@", StringComparison.Ordinal) : null,
        "linkedin" when !text.Contains('/', StringComparison.Ordinal) => $"https://www.linkedin.com/{(kind == RecordKind.Company ? "company" : "in")}/{Uri.EscapeDataString(text)}",
        "domain" => Checked("https://" + text),
        _ => Checked(text),
    };

    /// <summary>The address, when a browser would open it as a page: what remote systems hold may be any scheme, a script too.</summary>
    public static string? Checked(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri.AbsoluteUri : null;
}
