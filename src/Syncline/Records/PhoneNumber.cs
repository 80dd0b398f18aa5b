using System.Text.RegularExpressions;

namespace Syncline.Records;

/// <summary>Telephone numbers in E.164: <c>+</c> and 7 to 15 digits.</summary>
public static partial class PhoneNumber
{
    private const int Fewest = 7, Most = 15;

    /// <summary>The number in E.164; null when its country is not known. An extension is dropped, because E.164 cannot say it.</summary>
    /// <param name="region">Two-letter country for numbers without <c>+</c>. Only the North American plan is known: <c>US</c>, <c>CA</c>.</param>
    /// <remarks>North American rules: NANPA, "NPA and central office codes": area code [2-9][0-8]X, exchange [2-9]XX, neither N11.</remarks>
    public static string? Normalise(string? text, string? region = null)
    {
        string number = Extension.Replace((text ?? "").Trim(), "");
        if (!Writing.IsMatch(number)) return null;
        bool isInternational = number.StartsWith('+');
        string digits = string.Concat((isInternational ? number.Replace("(0)", "", StringComparison.Ordinal) : number).Where(char.IsAsciiDigit));
        return isInternational ? International(digits) : IsNorthAmerican(region) ? National(digits) : null;
    }

    private static string? International(string digits) => digits.Length is >= Fewest and <= Most && digits[0] != '0' ? "+" + digits : null;

    private static string? National(string digits)
    {
        string ten = digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        return ten.Length == 10 && IsArea(ten.AsSpan(0, 3)) && IsExchange(ten.AsSpan(3, 3)) ? "+1" + ten : null;
    }

    private static bool IsArea(ReadOnlySpan<char> code) => IsExchange(code) && code[1] != '9';

    private static bool IsExchange(ReadOnlySpan<char> code) => code[0] >= '2' && code[1..] is not "11";

    private static bool IsNorthAmerican(string? region) =>
        string.Equals(region, "US", StringComparison.OrdinalIgnoreCase) || string.Equals(region, "CA", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"[\s,;]*(?:ext\.?|extension|x|#)\s*[0-9]{1,7}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Extension { get; }

    /// <summary>Digits and the characters people set between them: a word in it means that it is no number.</summary>
    [GeneratedRegex(@"^\+?[0-9\s().\-/\u2010-\u2015]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Writing { get; }
}
