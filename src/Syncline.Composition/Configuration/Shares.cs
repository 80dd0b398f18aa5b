using System.Globalization;

namespace Syncline.Composition.Configuration;

/// <summary>Shares as configuration writes them: <c>10%</c>.</summary>
internal static class Shares
{
    /// <summary>A share as 0 to 1; null when none is given, and, with a problem, where something else stands there.</summary>
    public static double? Read(YamlSection section, string key)
    {
        if (section.Text(key) is not { } text) return null;
        if (text.EndsWith('%') && int.TryParse(text[..^1].TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out int percent) && percent <= 100) return percent / 100d;
        section.Wrong(key, $"is no share: '{text}'. Write a percentage from 0% to 100%");
        return null;
    }
}
