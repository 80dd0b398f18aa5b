using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Composition.Leads;
using Syncline.Leads;

namespace Syncline.Server.Leads;

/// <summary>A lead's form. Its fields have the names that problems call them by: <c>email</c>, <c>drafts[1].content</c>; so one set of rules serves form, file and API.</summary>
internal sealed class LeadForm
{
    private const string Reasons = "icpReasons", Signal = "sourceSignal", DraftList = "drafts", TouchpointList = "touchpoints";

    private static readonly string[] OfLead = ["firstName", "lastName", "title", "companyName", "companyDomain", "email", "linkedin", "icpScore"];

    private static readonly string[] OfSignal = ["excerpt", "sourceUrl", "capturedAt", "angle"];

    private static readonly string[] OfDraft = ["angle", "variantKey", "hypothesis", "content"];

    private static readonly string[] OfTouchpoint = ["channel", "status", "sentAt"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private LeadForm()
    {
    }

    /// <summary>So many the form has room for: what there is and one more.</summary>
    public int Drafts { get; private set; } = 1;

    public int Touchpoints { get; private set; } = 1;

    /// <summary>A field as it was written; empty when nothing was.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    public static LeadForm Empty() => new();

    public static LeadForm Of(Lead lead)
    {
        LeadForm form = new();
        JsonObject json = LeadText.Json(lead);
        foreach (string name in OfLead) form.Take(name, json[name]);
        form._values[Reasons] = string.Join('\n', lead.IcpReasons);
        form.TakeAll(Signal, OfSignal, json[Signal] as JsonObject);
        form.Drafts = form.TakeList(DraftList, OfDraft, json) + 1;
        form.Touchpoints = form.TakeList(TouchpointList, OfTouchpoint, json) + 1;
        return form;
    }

    /// <summary>As it was sent; what the form does not have is left out.</summary>
    public static LeadForm Of(IFormCollection sent)
    {
        LeadForm form = new();
        foreach (string name in (string[])[.. OfLead, Reasons, .. OfSignal.Select(n => $"{Signal}.{n}")]) form.Take(name, sent);
        form.Drafts = form.TakeList(DraftList, OfDraft, sent) + 1;
        form.Touchpoints = form.TakeList(TouchpointList, OfTouchpoint, sent) + 1;
        return form;
    }

    /// <summary>Reads and checks what was written.</summary>
    /// <param name="id">The lead's id in the list; null for one that has none yet.</param>
    public LeadsRead Read(string? id)
    {
        JsonObject json = Part("", OfLead);
        if (id is not null) json["id"] = id;
        json[Reasons] = new JsonArray([.. this[Reasons].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(r => JsonValue.Create(r))]);
        json[Signal] = Part(Signal + ".", OfSignal);
        json[DraftList] = new JsonArray([.. Enumerable.Range(0, Drafts).Select(i => Part(ItemOf(DraftList, i) + ".", OfDraft))]);
        json[TouchpointList] = new JsonArray([.. Enumerable.Range(0, Touchpoints).Select(i => Part(ItemOf(TouchpointList, i) + ".", OfTouchpoint))]);
        return LeadJson.Read(json.ToJsonString());
    }

    public static string ItemOf(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    private JsonObject Part(string before, string[] names) => new(names.Where(n => !string.IsNullOrWhiteSpace(this[before + n])).Select(n => KeyValuePair.Create(n, (JsonNode?)this[before + n])));

    private void Take(string name, JsonNode? value)
    {
        if (value is not null) _values[name] = value.ToString();
    }

    private void TakeAll(string before, string[] names, JsonObject? json)
    {
        foreach (string name in names) Take($"{before}.{name}", json?[name]);
    }

    private int TakeList(string list, string[] names, JsonObject json)
    {
        JsonArray items = json[list] as JsonArray ?? [];
        for (int i = 0; i < items.Count; i++) TakeAll(ItemOf(list, i), names, items[i] as JsonObject);
        return items.Count;
    }

    private void Take(string name, IFormCollection sent)
    {
        if (sent.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues value)) _values[name] = value.ToString();
    }

    private int TakeList(string list, string[] names, IFormCollection sent)
    {
        int count = 0, filled = 0;
        for (; sent.ContainsKey($"{ItemOf(list, count)}.{names[0]}"); count++)
        {
            foreach (string name in names) Take($"{ItemOf(list, count)}.{name}", sent);
            if (names.Any(n => this[$"{ItemOf(list, count)}.{n}"].Length > 0)) filled = count + 1;
        }
        return filled;
    }
}
