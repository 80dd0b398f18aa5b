using System.Globalization;
using System.Text;
using Syncline.Records;

namespace Syncline.Leads;

/// <summary>Makes of a lead as somebody wrote it one that may be kept, or says what is wrong with it.</summary>
public static class LeadCheck
{
    /// <summary>Characters a name, an address or another short value may have, and a longer text; and how many drafts, touchpoints or reasons one lead may have.</summary>
    public const int LongestValue = 500, LongestText = 20_000, MostItems = 200;

    /// <summary>The lead with its texts trimmed and its keys normalised; null where there are problems, all of which are listed.</summary>
    public static (Lead? Lead, IReadOnlyList<LeadProblem> Problems) Of(Lead written)
    {
        LeadFaults faults = new();
        Lead lead = new()
        {
            Id = faults.Id(written.Id),
            FirstName = faults.Value("firstName", PersonName.Clean(written.FirstName)),
            LastName = faults.Value("lastName", PersonName.Clean(written.LastName)),
            Title = faults.Value("title", written.Title),
            CompanyName = faults.Value("companyName", written.CompanyName),
            CompanyDomain = faults.Key("companyDomain", written.CompanyDomain, DomainName.Normalise, "This is no domain: write it as example.com."),
            Email = faults.Key("email", written.Email, EmailAddress.Normalise, "This is no e-mail address: write it as name@example.com."),
            LinkedIn = faults.Key("linkedin", written.LinkedIn, LinkedInUrl.Slug, "This is no LinkedIn profile of a person: write its address, https://www.linkedin.com/in/ and the name."),
            IcpScore = faults.Score(written.IcpScore),
            IcpReasons = faults.Items("icpReasons", written.IcpReasons, (reason, place) => faults.Text(place, reason)),
            Signal = written.Signal is null ? null : SignalOf(written.Signal, faults),
            Drafts = faults.Items("drafts", written.Drafts, (draft, place) => DraftOf(draft, place, faults)),
            Touchpoints = faults.Items("touchpoints", written.Touchpoints, (touch, place) => TouchpointOf(touch, place, faults)),
        };
        if (lead.Name.Length == 0) faults.Add("firstName", "A lead needs a name.");
        if (IsEmpty(written.Email) && IsEmpty(written.LinkedIn)) faults.Add("email", "A lead needs an e-mail address or a LinkedIn profile: without either nobody can tell who it is.");
        return (faults.All.Count == 0 ? lead : null, faults.All);
    }

    private static SourceSignal? SignalOf(SourceSignal written, LeadFaults faults)
    {
        SourceSignal signal = new(
            faults.Text("sourceSignal.excerpt", written.Excerpt), faults.Address("sourceSignal.sourceUrl", written.Url), written.CapturedAt?.ToUniversalTime(), faults.Value("sourceSignal.angle", written.Angle));
        return signal is { Excerpt: null, Url: null, CapturedAt: null, Angle: null } ? null : signal;
    }

    private static LeadDraft? DraftOf(LeadDraft written, string place, LeadFaults faults)
    {
        LeadDraft draft = new(
            faults.Value($"{place}.angle", written.Angle), faults.Value($"{place}.variantKey", written.VariantKey), faults.Text($"{place}.hypothesis", written.Hypothesis), faults.Text($"{place}.content", written.Content));
        return draft is { Angle: null, VariantKey: null, Hypothesis: null, Content: null } ? null : draft;
    }

    private static LeadTouchpoint? TouchpointOf(LeadTouchpoint written, string place, LeadFaults faults)
    {
        LeadTouchpoint touch = new(faults.Value($"{place}.channel", written.Channel), faults.Value($"{place}.status", written.Status), written.SentAt?.ToUniversalTime());
        return touch is { Channel: null, Status: null, SentAt: null } ? null : touch;
    }

    private static bool IsEmpty(string? text) => string.IsNullOrWhiteSpace(text);
}

/// <summary>The faults found in one lead so far.</summary>
internal sealed class LeadFaults
{
    private const int LongestId = 100;

    private readonly List<LeadProblem> _all = [];

    public IReadOnlyList<LeadProblem> All => _all;

    public void Add(string place, string message) => _all.Add(new(place, message));

    public string? Value(string place, string? text) => Bounded(place, text, LeadCheck.LongestValue);

    public string? Text(string place, string? text) => Bounded(place, text, LeadCheck.LongestText);

    public string? Id(string? text)
    {
        string? id = FieldValue.TextOrNone(text)?.Text;
        if (id is not null && (id.Length > LongestId || id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))) Add("id", string.Create(CultureInfo.InvariantCulture, $"An id has at most {LongestId} characters and no spaces."));
        return id;
    }

    public string? Key(string place, string? text, Func<string?, string?> normalise, string fault)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        string? key = normalise(text);
        if (key is null) Add(place, fault);
        return key;
    }

    public int? Score(int? score)
    {
        if (score is < 0 or > 100) Add("icpScore", "A score is a whole number from 0 to 100.");
        return score;
    }

    public string? Address(string place, string? text)
    {
        if (Value(place, text) is not { } address) return null;
        if (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https") return address;
        Add(place, "This is no address of a page: it begins with https:// or http://.");
        return null;
    }

    /// <summary>The items without those that say nothing.</summary>
    public IReadOnlyList<T> Items<T>(string place, IReadOnlyList<T> written, Func<T, string, T?> check)
        where T : class
    {
        if (written.Count > LeadCheck.MostItems) Add(place, string.Create(CultureInfo.InvariantCulture, $"There are more than {LeadCheck.MostItems} of them."));
        return [.. written.Take(LeadCheck.MostItems).Select((item, i) => check(item, string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]"))).OfType<T>()];
    }

    private string? Bounded(string place, string? text, int longest)
    {
        string? trimmed = FieldValue.TextOrNone(text is null ? null : Storable(text))?.Text;
        if (trimmed?.Length > longest) Add(place, string.Create(CultureInfo.InvariantCulture, $"This is longer than {longest} characters."));
        return trimmed;
    }

    /// <summary>One sort of line end, no NUL, and no half of a character: no database keeps those.</summary>
    private static string Storable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal)));
}
