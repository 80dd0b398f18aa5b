using System.Globalization;
using Syncline.Records;

namespace Syncline.Connectors;

/// <summary>Settings that are more than a text, read and checked.</summary>
internal static class SettingValues
{
    /// <summary>One of some words; the first where nothing is set.</summary>
    /// <exception cref="ProviderException">The setting is none of them.</exception>
    public static string Choice(this ConnectionSettings settings, string name, string provider, params ReadOnlySpan<string> choices)
    {
        string text = settings.Text(name, choices[0]).Trim().ToLowerInvariant();
        return choices.Contains(text) ? text : throw settings.Unusable(name, provider, "one of: " + string.Join(", ", choices));
    }

    /// <summary>A length of time with its unit, as <c>30m</c>, <c>2h</c> or <c>1d</c>.</summary>
    /// <exception cref="ProviderException">The setting is no such length.</exception>
    public static TimeSpan Duration(this ConnectionSettings settings, string name, TimeSpan otherwise, string provider)
    {
        if (settings.Find(name) is not { Length: > 0 } text) return otherwise;
        TimeSpan? unit = char.ToLowerInvariant(text[^1]) switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        bool isUsable = int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= 100_000;
        return unit is { } one && isUsable ? count * one : throw settings.Unusable(name, provider, "a number with its unit, as 30m, 2h or 1d");
    }

    /// <summary>A decimal number of at least <paramref name="least"/>, with a point.</summary>
    /// <exception cref="ProviderException">The setting is no such number.</exception>
    public static decimal Amount(this ConnectionSettings settings, string name, decimal least, decimal otherwise, string provider)
    {
        if (settings.Find(name) is not { Length: > 0 } text) return otherwise;
        bool isUsable = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount) && amount >= least && amount <= 1_000_000;
        return isUsable ? amount : throw settings.Unusable(name, provider, string.Create(CultureInfo.InvariantCulture, $"a number of at least {least}, with a decimal point"));
    }
}
