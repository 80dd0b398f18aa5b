namespace Syncline.Server.Imports;

/// <summary>What an experiment may be called.</summary>
internal static class ExperimentNames
{
    /// <summary>Characters.</summary>
    public const int Longest = 100, LongestDescription = 1000;

    /// <summary>Without blanks around it and cut to so many characters; null when nothing is left.</summary>
    public static string? Clean(string? text, int longest) => text?.Trim() is not { Length: > 0 } trimmed ? null : trimmed.Length <= longest ? trimmed : trimmed[..longest];
}
