using System.Text.RegularExpressions;

namespace Syncline.Sandbox.Quo.Contacts;

/// <summary>What becomes of a phone number that is written to a contact: not documented, so the behaviour says.</summary>
internal static partial class PhoneForm
{
    public static string Of(string sent, ContactPhones form, Action refuse)
    {
        if (form == ContactPhones.E164Only && !IsE164(sent)) refuse();
        return form == ContactPhones.Normalised ? Punctuation().Replace(sent, "") : sent;
    }

    public static bool IsE164(string text) => E164().IsMatch(text);

    [GeneratedRegex(@"^\+[1-9]\d{1,14}$")]
    private static partial Regex E164();

    [GeneratedRegex(@"[\s().\-]")]
    private static partial Regex Punctuation();
}
