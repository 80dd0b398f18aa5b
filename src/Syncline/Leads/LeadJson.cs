using System.Globalization;
using System.Text.Json;
using Syncline.Records;

namespace Syncline.Leads;

/// <summary>Leads that were read from a text.</summary>
/// <param name="Leads">Those that may be saved, in order.</param>
/// <param name="Problems">What is wrong with the others; each says where.</param>
public sealed record LeadsRead(IReadOnlyList<Lead> Leads, IReadOnlyList<LeadProblem> Problems)
{
    /// <summary>Where each of the leads stands, in their words: <c>[3]</c>, <c>line 4</c>; empty for one alone.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Leads that have a problem, however many it has.</summary>
    public int Refused { get; init; }
}

/// <summary>Leads written as JSON: a list of them, one alone, or one a line.</summary>
/// <remarks>Names of fields are read in any case and with underscores or without: <c>firstName</c>, <c>first_name</c>. A name that is not known is refused, so that nothing is lost by a slip.</remarks>
public static class LeadJson
{
    private static readonly LeadFieldNames OfLead = new(
        ("id", []), ("firstName", []), ("lastName", []), ("name", ["fullName"]), ("title", ["jobTitle", "role"]), ("companyName", ["company"]), ("companyDomain", ["domain"]), ("email", []),
        ("linkedin", ["linkedinUrl"]), ("icpScore", ["score"]), ("icpReasons", ["reasons"]), ("sourceSignal", ["signal"]), ("drafts", []), ("touchpoints", []));

    private static readonly LeadFieldNames OfSignal = new(("excerpt", []), ("sourceUrl", ["url"]), ("capturedAt", []), ("angle", []));

    private static readonly LeadFieldNames OfDraft = new(("angle", []), ("variantKey", ["variant"]), ("hypothesis", []), ("content", []));

    private static readonly LeadFieldNames OfTouchpoint = new(("channel", []), ("status", []), ("sentAt", []));

    /// <summary>Reads and checks them. A text that is no JSON yields no lead and one problem with its line; of several lines each stands for itself.</summary>
    public static LeadsRead Read(string text)
    {
        Reading reading = new();
        bool isAlone = TryParse(text, out JsonDocument? whole, out JsonException? fault);
        if (isAlone)
        {
            using (whole) ReadWhole(whole!.RootElement, reading);
        }
        else if (text.AsSpan().TrimStart() is ['{', ..] && text.AsSpan().Trim().Contains('\n'))
        {
            ReadLines(text, reading);
        }
        else
        {
            reading.Refuse(NoJson(fault!, 0));
        }
        return reading.ToRead();
    }

    private static void ReadWhole(JsonElement root, Reading reading)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            reading.Add(root, "");
            return;
        }
        int index = 0;
        foreach (JsonElement element in root.EnumerateArray()) reading.Add(element, string.Create(CultureInfo.InvariantCulture, $"[{index++}]"));
    }

    private static void ReadLines(string text, Reading reading)
    {
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (!TryParse(line, out JsonDocument? one, out JsonException? fault)) reading.Refuse(NoJson(fault!, number - 1));
            else using (one) reading.Add(one!.RootElement, string.Create(CultureInfo.InvariantCulture, $"line {number}"), ", ");
        }
    }

    private static Lead LeadOf(LeadFields fields)
    {
        PersonName name = PersonName.Of(fields.Text("firstName"), fields.Text("lastName"), fields.Text("name"));
        return new()
        {
            Id = fields.Text("id"),
            FirstName = name.First,
            LastName = name.Last,
            Title = fields.Text("title"),
            CompanyName = fields.Text("companyName"),
            CompanyDomain = fields.Text("companyDomain"),
            Email = fields.Text("email"),
            LinkedIn = fields.Text("linkedin"),
            IcpScore = fields.Whole("icpScore"),
            IcpReasons = fields.Texts("icpReasons"),
            Signal = fields.Object("sourceSignal", OfSignal, f => new SourceSignal(f.Text("excerpt"), f.Text("sourceUrl"), f.Time("capturedAt"), f.Text("angle"))),
            Drafts = fields.List("drafts", OfDraft, f => new LeadDraft(f.Text("angle"), f.Text("variantKey"), f.Text("hypothesis"), f.Text("content"))),
            Touchpoints = fields.List("touchpoints", OfTouchpoint, f => new LeadTouchpoint(f.Text("channel"), f.Text("status"), f.Time("sentAt"))),
        };
    }

    private static bool TryParse(string text, out JsonDocument? document, out JsonException? fault)
    {
        (document, fault) = (null, null);
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            // The only way the framework says that a text is no JSON.
            fault = e;
        }
        return document is not null;
    }

    private static LeadProblem NoJson(JsonException fault, long linesBefore) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {linesBefore + (fault.LineNumber ?? 0) + 1}"), "This is no JSON: a list of leads is wanted, or one lead a line.");

    /// <summary>What was read so far.</summary>
    private sealed class Reading
    {
        private readonly List<(Lead Lead, string Place)> _leads = [];
        private readonly List<LeadProblem> _problems = [];
        private int _refused;

        public void Add(JsonElement element, string place, string between = ".")
        {
            LeadFields fields = LeadFields.Of(element, OfLead);
            Lead written = LeadOf(fields);
            // What a value of the wrong sort would be missed for is no second problem.
            (Lead? lead, IReadOnlyList<LeadProblem> faults) = fields.Problems.Count > 0 ? (null, fields.Problems) : LeadCheck.Of(written);
            if (lead is not null) _leads.Add((lead, place));
            else Refuse([.. faults.Select(f => f.Within(place, between))]);
        }

        public void Refuse(params IReadOnlyList<LeadProblem> faults)
        {
            _refused++;
            _problems.AddRange(faults);
        }

        public LeadsRead ToRead() => new([.. _leads.Select(l => l.Lead)], _problems) { Places = [.. _leads.Select(l => l.Place)], Refused = _refused };
    }
}
