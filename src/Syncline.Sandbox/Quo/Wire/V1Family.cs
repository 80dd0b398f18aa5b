namespace Syncline.Sandbox.Quo.Wire;

/// <summary>How the v1 codes of one group of calls are made: two digits for the group, two for the kind, three for the status.</summary>
/// <param name="Prefix">The group's digits.</param>
/// <param name="BadRequest">The one 400 that the OpenAPI document lists, without the prefix, and its title; null where it is the usual one.</param>
/// <param name="Forbidden">The same for 403.</param>
internal sealed record V1Family(string Prefix, (string Tail, string Title)? BadRequest = null, (string Tail, string Title)? Forbidden = null)
{
    private static readonly (string, string) NotPhoneNumberUser = ("01403", "Not Phone Number User");

    private static readonly Dictionary<string, V1Family> Known = new(StringComparer.Ordinal)
    {
        ["calls"] = new("01", ("01400", "Too Many Participants"), NotPhoneNumberUser),
        ["messages"] = new("02", ("06400", "A2P Registration Not Approved"), ("02403", "Not Phone Number User")),
        ["webhooks"] = new("03", ("05400", "Invalid Version")),
        ["phone-numbers"] = new("04"),
        ["call-summaries"] = new("05"),
        ["call-transcripts"] = new("06"),
        ["contact-custom-fields"] = new("07"),
        ["contacts"] = new("08", ("01400", "Invalid Custom Field Item"), NotPhoneNumberUser),
        ["call-recordings"] = new("09"),
        ["conversations"] = new("10", Forbidden: NotPhoneNumberUser),
        ["users"] = new("11"),
        ["call-voicemails"] = new("12"),
    };

    public static V1Family Of(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [_, string group, ..] && Known.TryGetValue(group, out V1Family? family) ? family : new("00");

    public (string Tail, string Title) Name(QuoRefusalException refusal, bool onlyDocumented400) => refusal switch
    {
        { Code: { } code, Title: { } title } => (code, title),
        { Status: 400 } when onlyDocumented400 && BadRequest is { } documented => documented,
        { Status: 403 } when Forbidden is { } documented => documented,
        { Status: 500 } => ("01500", "Unknown"),
        _ => ($"00{refusal.Status}", TitleOf(refusal.Status)),
    };

    public static string TitleOf(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        429 => "Too Many Requests",
        _ => "Unknown",
    };
}
