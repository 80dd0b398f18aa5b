using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Syncline.Composition.Telling;
using Syncline.Mapping;

namespace Syncline.Composition.Leads;

/// <summary>What a column of a file of leads holds.</summary>
/// <param name="Part">The part of a lead it belongs to, by its name in JSON: <c>sourceSignal</c>, <c>drafts</c>, <c>touchpoints</c>; null for the lead itself.</param>
/// <param name="Name">The field's name in JSON.</param>
/// <param name="Number">Which draft or touchpoint, from 1; 0 elsewhere.</param>
internal readonly record struct LeadMeaning(string? Part, string Name, int Number)
{
    /// <summary>As it is written in a file's first line: <c>companyDomain</c>, <c>signalUrl</c>, <c>draft2Content</c>.</summary>
    public override string ToString() => Part switch
    {
        null => Name,
        LeadColumns.Signal => "signal" + Capital(Name == "sourceUrl" ? "url" : Name),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Part[..^1]}{(Number > 1 ? Number : null)}{Capital(Name == "variantKey" ? "variant" : Name)}"),
    };

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

/// <summary>The columns of a file of leads, by their headings, in whatever case and with whatever signs between the words.</summary>
internal sealed partial class LeadColumns
{
    public const string Signal = "sourceSignal", Drafts = "drafts", Touchpoints = "touchpoints";

    private const string Reasons = "icpReasons";

    private static readonly char[] BetweenReasons = [';', '\n', '\r'];

    private static readonly Dictionary<string, string> OfLead = Words(
        ("id", ["leadid"]), ("firstName", ["givenname"]), ("lastName", ["surname", "familyname"]), ("name", ["fullname", "leadname"]), ("title", ["jobtitle", "role", "position"]),
        ("companyName", ["company", "organization", "organisation", "account", "accountname"]), ("companyDomain", ["domain", "website", "companywebsite"]), ("email", ["emailaddress", "workemail", "mail"]),
        ("linkedin", ["linkedinurl", "linkedinprofile", "linkedinprofileurl", "personlinkedinurl", "profileurl"]), ("icpScore", ["score", "fitscore"]), (Reasons, ["reasons", "icpreason", "scorereasons"]));

    private static readonly Dictionary<string, string> OfSignal = Words(("excerpt", ["", "text"]), ("sourceUrl", ["url", "link"]), ("capturedAt", ["date", "at"]), ("angle", []));

    private static readonly Dictionary<string, string> OfDraft = Words(("content", ["", "text", "message"]), ("angle", []), ("variantKey", ["variant"]), ("hypothesis", []));

    private static readonly Dictionary<string, string> OfTouchpoint = Words(("channel", [""]), ("status", []), ("sentAt", ["date", "at"]));

    // Columns of the signal that need no word before them to be understood.
    private static readonly Dictionary<string, string> Bare = new() { ["excerpt"] = "excerpt", ["sourceurl"] = "sourceUrl", ["capturedat"] = "capturedAt" };

    private readonly LeadMeaning?[] _meanings;

    private LeadColumns(IReadOnlyList<string> headings, LeadMeaning?[] meanings) => (Headings, _meanings) = (headings, meanings);

    public IReadOnlyList<string> Headings { get; }

    /// <summary>Every column with what it holds; null where it is left out.</summary>
    public IEnumerable<(string Heading, LeadMeaning? Meaning)> All => Headings.Zip(_meanings);

    /// <param name="given">Heading to the word for what it holds; an empty word leaves the column out.</param>
    /// <exception cref="UsageException">A heading or a word is none.</exception>
    public static LeadColumns Of(IReadOnlyList<string> headings, IReadOnlyDictionary<string, string> given)
    {
        Dictionary<string, LeadMeaning?> chosen = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string heading, string word) in given) chosen[heading] = word.Length == 0 ? null : Find(word) ?? throw NoField(word);
        LeadColumns columns = new(headings, [.. headings.Select(h => chosen.TryGetValue(h, out LeadMeaning? meaning) ? meaning : Find(h))]);
        return columns._meanings.Any(m => m is not null) ? columns : throw new UsageException("No column of the file holds anything of a lead.", $"Its first line names: {string.Join(", ", headings)}. Known are {Known}; --map COLUMN=field says what a column means.");
    }

    /// <summary>The row as the JSON of a lead; of two columns with one meaning the second counts where the first is empty.</summary>
    public JsonObject ToJson(IReadOnlyList<string> cells)
    {
        JsonObject lead = [];
        SortedDictionary<int, JsonObject> drafts = [], touchpoints = [];
        for (int i = 0; i < _meanings.Length; i++)
        {
            if (_meanings[i] is not { } meaning || string.IsNullOrWhiteSpace(cells[i])) continue;
            JsonObject place = meaning.Part switch { Signal => Inner(lead), Drafts => Inner(drafts, meaning.Number), Touchpoints => Inner(touchpoints, meaning.Number), _ => lead };
            if (!place.ContainsKey(meaning.Name)) place[meaning.Name] = meaning.Name == Reasons ? List(cells[i]) : cells[i].Trim();
        }
        if (drafts.Count > 0) lead[Drafts] = new JsonArray([.. drafts.Values]);
        if (touchpoints.Count > 0) lead[Touchpoints] = new JsonArray([.. touchpoints.Values]);
        return lead;
    }

    /// <summary>What a heading stands for; null where it stands for nothing of a lead.</summary>
    public static LeadMeaning? Find(string heading)
    {
        string folded = Fold(heading);
        if (OfLead.TryGetValue(folded, out string? name)) return new(null, name, 0);
        if (Bare.TryGetValue(folded, out string? bare)) return new(Signal, bare, 0);
        if (Numbered().Match(folded) is not { Success: true } match) return null;
        int number = match.Groups["number"] is { Success: true } digits ? int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 1;
        (string part, Dictionary<string, string> names) = match.Groups["part"].Value[0] switch { 'd' => (Drafts, OfDraft), 't' => (Touchpoints, OfTouchpoint), _ => (Signal, OfSignal) };
        return names.TryGetValue(match.Groups["rest"].Value, out string? field) ? new(part, field, part == Signal ? 0 : number) : null;
    }

    private static string Known => string.Join(", ", OfLead.Values.Distinct().Concat(new[] { (Signal, OfSignal), (Drafts, OfDraft), (Touchpoints, OfTouchpoint) }.SelectMany(p => p.Item2.Values.Distinct(), (p, n) => new LeadMeaning(p.Item1, n, 1).ToString())));

    private static UsageException NoField(string word) => new($"--map: a lead has no field '{word}'.", NearestName.Of(word, Known.Split(", ")) is { } near ? $"Did you mean {near}?" : $"Known are {Known}.");

    private static JsonObject Inner(JsonObject lead)
    {
        if (lead[Signal] is JsonObject there) return there;
        JsonObject signal = [];
        lead[Signal] = signal;
        return signal;
    }

    private static JsonObject Inner(SortedDictionary<int, JsonObject> items, int number) => items.TryGetValue(number, out JsonObject? there) ? there : items[number] = [];

    private static JsonArray List(string cell) => new([.. cell.Split(BetweenReasons, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(r => JsonValue.Create(r))]);

    private static Dictionary<string, string> Words(params ReadOnlySpan<(string Name, string[] Others)> names)
    {
        Dictionary<string, string> words = [];
        foreach ((string name, string[] others) in names)
        {
            foreach (string word in others.Prepend(Fold(name))) words.Add(word, name);
        }
        return words;
    }

    private static string Fold(string heading) => new([.. heading.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    // The plural only where nothing of the next word is taken for it. Three digits: more drafts than that no lead may have.
    [GeneratedRegex("^(?<part>sourcesignal|signal|draft|touchpoint)(s(?=[0-9]|$))?(?<number>[0-9]{1,3})?(?<rest>[a-z]*)$")]
    private static partial Regex Numbered();
}
