using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Syncline.Records;

namespace Syncline.Leads;

/// <summary>What is known of a lead and why it is one, as a note in Markdown. Pure: the same lead gives the same text.</summary>
public static class EvidenceNote
{
    // Far above any lead seen; a provider refuses a note that is too large, and its limit is not published.
    private const int MaxLength = 100_000;

    /// <summary>The note's title: the day on which the evidence became what it is, in UTC.</summary>
    public static string TitleOf(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"Sync snapshot {at.UtcDateTime:yyyy-MM-dd}");

    /// <summary>The note's text: who it is, the score, the signal, the drafts and the touchpoints, in this order. A section with nothing in it is left out.</summary>
    /// <remarks>Drafts stand by angle and variant, touchpoints by time. No text of the lead can end its section or begin another, and nothing in it that looks like a secret is told.</remarks>
    public static string BodyOf(Lead lead)
    {
        NoteSections note = new(MaxLength);
        note.Add("## Lead", Summary(lead));
        AddEvidence(note, lead);
        return note.ToString();
    }

    /// <summary>The same for two leads with the same evidence, whoever they are: a name, a role or an address is none. 32 hexadecimal digits; they depend on no date but those of the evidence.</summary>
    public static string DigestOf(Lead lead)
    {
        NoteSections evidence = new(MaxLength);
        AddEvidence(evidence, lead);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(evidence.ToString())), 0, 16);
    }

    private static void AddEvidence(NoteSections note, Lead lead)
    {
        note.Add("## ICP score", Score(lead));
        note.Add("## Source signal", Signal(lead.Signal));
        note.Add("## Drafts", Join(Ordered(lead.Drafts).Select(Draft)));
        note.Add("## Touchpoints", string.Join('\n', Ordered(lead.Touchpoints).Select(Touchpoint)));
    }

    private static string Summary(Lead lead) => Lines(
        ("Name", Text(lead.Name)),
        ("Role", Text(lead.Title)),
        ("Company", Text(lead.CompanyDomain is { } domain && lead.CompanyName is { } name ? $"{name} ({domain})" : lead.CompanyName ?? lead.CompanyDomain)),
        ("E-mail", Text(lead.Email)),
        ("LinkedIn", lead.LinkedIn is { } slug ? Address(LinkedInUrl.ToUrl(slug)) : null));

    private static string Score(Lead lead) => Join(
    [
        Lines(("Score", lead.IcpScore is { } score ? string.Create(CultureInfo.InvariantCulture, $"{score} of 100") : null)),
        Join(lead.IcpReasons.Select(r => $"- {NoteText.OnOneLine(r)}"), "\n") is { Length: > 0 } reasons ? $"Reasons:\n\n{reasons}" : "",
    ]);

    private static string Signal(SourceSignal? signal) => signal is null ? "" : Join(
    [
        Quote(signal.Excerpt),
        Lines(("Source", signal.Url is { } url ? Address(url) : null), ("Captured", signal.CapturedAt is { } at ? Time(at) : null), ("Angle", Text(signal.Angle))),
    ]);

    private static string Draft(LeadDraft draft, int index) => Join(
    [
        string.Create(CultureInfo.InvariantCulture, $"### Draft {index + 1}"),
        Lines(("Angle", Text(draft.Angle)), ("Variant", Text(draft.VariantKey)), ("Hypothesis", Text(draft.Hypothesis))),
        Quote(draft.Content),
    ]);

    private static string Touchpoint(LeadTouchpoint touch) =>
        $"- {string.Join(", ", new[] { Text(touch.Channel), Text(touch.Status), touch.SentAt is { } at ? Time(at) : null }.OfType<string>())}";

    private static IEnumerable<LeadDraft> Ordered(IReadOnlyList<LeadDraft> drafts) => drafts
        .OrderBy(d => d.Angle, StringComparer.Ordinal).ThenBy(d => d.VariantKey, StringComparer.Ordinal).ThenBy(d => d.Hypothesis, StringComparer.Ordinal).ThenBy(d => d.Content, StringComparer.Ordinal);

    // One that is not sent yet comes after all that are.
    private static IEnumerable<LeadTouchpoint> Ordered(IReadOnlyList<LeadTouchpoint> touches) => touches
        .OrderBy(t => t.SentAt ?? DateTimeOffset.MaxValue).ThenBy(t => t.Channel, StringComparer.Ordinal).ThenBy(t => t.Status, StringComparer.Ordinal);

    private static string Lines(params ReadOnlySpan<(string Name, string? Value)> lines)
    {
        List<string> given = [];
        foreach ((string name, string? value) in lines)
        {
            if (value is not null) given.Add($"- **{name}:** {value}");
        }
        return string.Join('\n', given);
    }

    private static string Join(IEnumerable<string> parts, string between = "\n\n") => string.Join(between, parts.Where(p => p.Length > 0));

    private static string? Text(string? text) => text is not null && NoteText.OnOneLine(text) is { Length: > 0 } line ? line : null;

    private static string Quote(string? text) => string.IsNullOrWhiteSpace(text) ? "" : NoteText.Quoted(text);

    private static string Time(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    /// <summary>An address is percent-encoded where it could end its brackets, so that it stays one that can be followed.</summary>
    private static string? Address(string url) =>
        Uri.TryCreate(SecretText.Remove(url), UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? $"<{address.AbsoluteUri.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)}>" : Text(url);

    /// <summary>Sections one after the other, as many of their lines as there is room for.</summary>
    private sealed class NoteSections(int most)
    {
        private const string Cut = "\n\n(cut here: the note is too long)";

        private readonly StringBuilder _text = new();
        private bool _isCut;

        public void Add(string heading, string content)
        {
            if (content.Length == 0 || _isCut) return;
            string section = $"{(_text.Length > 0 ? "\n\n" : "")}{heading}\n\n{content}";
            int room = most - Cut.Length - _text.Length;
            _isCut = section.Length > room;
            // At the end of a line, so that no half of an escape or of a character is left.
            _text.Append(_isCut ? section[..Math.Max(0, section.LastIndexOf('\n', room))] : section);
            if (_isCut) _text.Append(Cut);
        }

        public override string ToString() => _text.ToString();
    }
}
