namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>Words that Quo keeps for itself. Whether case matters is not documented: here it does not, the stricter reading.</summary>
internal static class SourceRule
{
    private static readonly string[] Words = ["openphone", "device", "csv", "zapier", "google-people", "other"];
    private static readonly string[] Prefixes = ["openphone", "csv"];

    public static bool IsReserved(string source) =>
        Words.Contains(source, StringComparer.OrdinalIgnoreCase) || Prefixes.Any(p => source.StartsWith(p, StringComparison.OrdinalIgnoreCase));
}
