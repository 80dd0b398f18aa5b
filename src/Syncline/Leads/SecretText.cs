using System.Text.RegularExpressions;

namespace Syncline.Leads;

/// <summary>Texts without what looks like a key, a token or a password: a note goes to people and systems that must never see one.</summary>
/// <remarks>What it takes out too much is a word in a note; what it leaves in is a leak. So it goes by the known prefixes of keys, by what is named as one, and by what no prose has.</remarks>
public static partial class SecretText
{
    /// <summary>Stands where a secret was.</summary>
    public const string Removed = "(removed)";

    public static string Remove(string text)
    {
        string clean = KeyBlock.Replace(text, Removed);
        clean = InAddress.Replace(clean, "$1" + Removed + "@");
        clean = Authorization.Replace(clean, "$1 " + Removed);
        clean = Named.Replace(clean, "$1" + Removed);
        return Known.Replace(clean, Removed);
    }

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", RegexOptions.CultureInvariant)]
    private static partial Regex KeyBlock { get; }

    /// <summary>User and password before the host of an address.</summary>
    [GeneratedRegex(@"(\b[a-z][a-z0-9+.-]{1,20}://)[^\s/@?#]{1,300}@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InAddress { get; }

    /// <summary>The header, and its value alone where there is a digit in it: a bearer of good news has none.</summary>
    [GeneratedRegex(@"\b(authorization\s{0,3}[:=]\s{0,3}(?:bearer|basic|token)|bearer(?=\s{1,3}[A-Za-z._~+/=-]{0,100}[0-9]))\s{1,3}[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Authorization { get; }

    /// <summary>A value that is named: <c>api_key=…</c>, <c>"password": "…"</c>, <c>ATTIO_API_KEY = …</c>, <c>?access_token=…</c>.</summary>
    [GeneratedRegex("""((?:api[ _-]?key|secret(?:[ _-]?key)?|access[ _-]?key|private[ _-]?key|auth(?:orization)?[ _-]?(?:key|token)|access[ _-]?token|refresh[ _-]?token|client[ _-]?secret|api[ _-]?token|token|passwd|password)["']?\s{0,3}[=:]\s{0,3}["']?)(?!\(removed\))[^\s"'&,;]{4,}""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named { get; }

    /// <summary>Prefixes that providers give their keys, tokens with a signature, and long runs of hexadecimal digits.</summary>
    [GeneratedRegex(@"\b(?:(?:sk|pk|rk|whsec)[-_][A-Za-z0-9_-]{12,}|gh[opusr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|glpat-[\w-]{12,}|xox[abeoprs]-[A-Za-z0-9-]{8,}|(?:AKIA|ASIA)[A-Z0-9]{12,}|AIza[\w-]{20,}|pat-[a-z]{2}\d?-[A-Za-z0-9-]{16,}|SG\.[\w-]{12,}\.[\w-]{12,}|eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?|[0-9a-fA-F]{40,})", RegexOptions.CultureInvariant)]
    private static partial Regex Known { get; }
}
