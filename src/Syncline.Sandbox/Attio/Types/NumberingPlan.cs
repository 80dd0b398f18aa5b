namespace Syncline.Sandbox.Attio.Types;

/// <summary>
/// The lengths and first digits of the world's telephone numbers, coarser than the real plans: enough to refuse what every real plan refuses (no country, too short,
/// too long, an area code that North America never gave out).
/// </summary>
internal static class NumberingPlan
{
    /// <summary>Country, calling code, fewest and most digits after it.</summary>
    private static readonly (string Country, string Code, int Least, int Most)[] Plans =
    [
        ("US", "1", 10, 10), ("CA", "1", 10, 10), ("RU", "7", 10, 10), ("EG", "20", 8, 10), ("ZA", "27", 9, 9), ("GR", "30", 10, 10), ("NL", "31", 9, 9),
        ("BE", "32", 8, 9), ("FR", "33", 9, 9), ("ES", "34", 9, 9), ("HU", "36", 8, 9), ("IT", "39", 6, 11), ("RO", "40", 9, 9), ("CH", "41", 9, 9),
        ("AT", "43", 4, 13), ("GB", "44", 9, 10), ("DK", "45", 8, 8), ("SE", "46", 7, 9), ("NO", "47", 8, 8), ("PL", "48", 9, 9), ("DE", "49", 6, 13),
        ("MX", "52", 10, 10), ("AR", "54", 10, 11), ("BR", "55", 10, 11), ("CL", "56", 9, 9), ("CO", "57", 8, 10), ("MY", "60", 8, 10), ("AU", "61", 9, 9),
        ("ID", "62", 7, 12), ("PH", "63", 8, 10), ("NZ", "64", 8, 10), ("SG", "65", 8, 8), ("TH", "66", 8, 9), ("JP", "81", 9, 10), ("KR", "82", 8, 10),
        ("VN", "84", 9, 10), ("CN", "86", 10, 11), ("TR", "90", 10, 10), ("IN", "91", 10, 10), ("PT", "351", 9, 9), ("IE", "353", 7, 9), ("FI", "358", 5, 12),
        ("BG", "359", 8, 9), ("LT", "370", 8, 8), ("LV", "371", 8, 8), ("EE", "372", 7, 8), ("UA", "380", 9, 9), ("CZ", "420", 9, 9), ("SK", "421", 9, 9),
        ("HK", "852", 8, 8), ("TW", "886", 8, 9), ("AE", "971", 8, 9), ("IL", "972", 8, 9), ("SA", "966", 9, 9), ("NG", "234", 8, 10), ("KE", "254", 9, 9),
    ];

    private static readonly HashSet<string> CanadianAreas = new(
        "204 226 236 249 250 289 306 343 365 403 416 418 431 437 438 450 506 514 519 548 579 581 587 604 613 639 647 672 705 709 778 780 782 807 819 825 867 873 902 905".Split(' '),
        StringComparer.Ordinal);

    /// <summary>The number, or null when no plan knows it.</summary>
    /// <param name="country">Two letters; needed where the text has no plus.</param>
    public static HeldPhone? Read(string written, string? country)
    {
        string trimmed = written.Trim();
        if (trimmed.Any(c => !char.IsAsciiDigit(c) && !"+-(). /".Contains(c))) return null;
        string digits = string.Concat(trimmed.Where(char.IsAsciiDigit));
        return trimmed.StartsWith('+') ? International(digits, written) : National(digits, written, country);
    }

    private static HeldPhone? International(string digits, string written)
    {
        foreach ((string country, string code, int least, int most) in Plans)
        {
            if (!digits.StartsWith(code, StringComparison.Ordinal)) continue;
            return Held(country, code, digits[code.Length..], least, most, written);
        }
        return digits.Length is >= 8 and <= 15 && digits[0] != '0' ? new("+" + digits, written, null) : null;
    }

    private static HeldPhone? National(string digits, string written, string? country)
    {
        (string Country, string Code, int Least, int Most) plan = Array.Find(Plans, p => p.Country.Equals(country, StringComparison.OrdinalIgnoreCase));
        if (plan.Country is null) return null;
        string number = plan.Code == "1" && digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        // Italian numbers keep their leading zero, all others drop the trunk prefix.
        return Held(plan.Country, plan.Code, plan.Country == "IT" ? number : number.TrimStart('0'), plan.Least, plan.Most, written);
    }

    private static HeldPhone? Held(string country, string code, string number, int least, int most, string written)
    {
        if (number.Length < least || number.Length > most) return null;
        if (code != "1") return new($"+{code}{number}", written, country);
        return IsNorthAmerican(number) ? new("+1" + number, written, CanadianAreas.Contains(number[..3]) ? "CA" : "US") : null;
    }

    // 555 is no area code, and neither area nor exchange starts with 0 or 1.
    private static bool IsNorthAmerican(string number) =>
        number[0] is >= '2' and <= '9' && number[3] is >= '2' and <= '9' && number[..3] != "555" && number[1] != '9';
}
