using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Syncline.Records;

namespace Syncline.Connectors.Claude;

/// <summary>What the model is told of a person: work and company, no name, no address, no number, nothing that was written in a conversation.</summary>
internal static partial class ClaudeFacts
{
    /// <summary>Characters of one fact; longer texts are cut.</summary>
    private const int LongestFact = 1_500;

    private const int MostItems = 25;

    private static readonly string[] OfPerson = ["job_title", "headline", "seniority", "department", "company_name", "location", "country", "tags"];

    private static readonly string[] OfCompany =
    [
        "name", "industry", "sub_industry", "description", "employee_range", "revenue_range", "city", "state", "country", "founded", "technologies", "funding_total", "last_funding_round", "investors",
    ];

    /// <summary>Null where there is too little: something about the person's work, and something about the company.</summary>
    public static FieldSet? Of(GoldenRecord person, GoldenRecord? company)
    {
        FieldSet facts = FieldSet.Of([
            .. OfPerson.Select(name => (name, Clean(person.Fields[name]))),
            .. OfCompany.Select(name => ($"company/{name}", Clean(company?.Fields[name]))),
        ]);
        bool isAboutWork = facts["job_title"] is not null || facts["headline"] is not null;
        bool isAboutCompany = facts["company_name"] is not null || facts["company/name"] is not null || facts["company/description"] is not null;
        return isAboutWork && isAboutCompany ? facts : null;
    }

    /// <summary>A text without e-mail addresses, telephone numbers and control characters, on one line, of at most so many characters.</summary>
    public static string Scrub(string text, int longest)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        string clean = Spaces.Replace(Phone.Replace(Email.Replace(line, ""), ""), " ").Trim();
        if (clean.Length <= longest) return clean;
        // Not in the middle of a character that takes two places.
        return clean[..(char.IsHighSurrogate(clean[longest - 1]) ? longest - 1 : longest)].TrimEnd();
    }

    /// <summary>An upper bound of the tokens that a text can have: each is at least one byte of it.</summary>
    public static int MostTokens(string text) => Encoding.UTF8.GetByteCount(text);

    private static FieldValue? Clean(FieldValue? value) => value?.Type switch
    {
        null => null,
        FieldType.List => FieldValue.List(value.Items.Take(MostItems).Select(i => FieldValue.TextOrNone(Scrub(i.Text, LongestFact))).OfType<FieldValue>()),
        FieldType.Number => FieldValue.Of(value.AsNumber().ToString(CultureInfo.InvariantCulture)),
        _ => FieldValue.TextOrNone(Scrub(value.Text, LongestFact)),
    };

    [GeneratedRegex(@"[^\s@<>()\[\]]+@[^\s@<>()\[\]]+\.[^\s@<>()\[\]]+")]
    private static partial Regex Email { get; }

    // Nine digits or more with what people put between them; years, amounts and numbers of employees are shorter.
    [GeneratedRegex(@"\+?\(?\d(?:[\s().\-/]{0,2}\d){8,}")]
    private static partial Regex Phone { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }
}
