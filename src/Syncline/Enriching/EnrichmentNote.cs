using System.Globalization;
using System.Text;
using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>One note a person with what enrichers supplied. Its key never changes, so that a destination refreshes it and does not repeat it.</summary>
public static class EnrichmentNote
{
    private static readonly (string Field, string Heading)[] OfCompany =
        [("industry", "Industry"), ("employee_range", "Employees"), ("revenue_range", "Revenue"), ("last_funding_round", "Last funding round"), ("technologies", "Technologies")];

    /// <returns>The note's fields; empty when nothing is known that would be worth a note.</returns>
    public static FieldSet Of(GoldenRecord person, GoldenRecord? company, string hubName, DateTimeOffset at)
    {
        StringBuilder text = new();
        if (person.Fields["enrichment_summary"] is { } summary) text.Append(summary.Text).Append('\n');
        List(text, "Pain points", person.Fields["pain_points"]);
        List(text, "Ways to begin", person.Fields["personalization_hooks"]);
        if (text.Length == 0) return FieldSet.Empty;
        foreach ((string field, string heading) in OfCompany)
        {
            if (company?.Fields[field] is { } value) text.Append(CultureInfo.InvariantCulture, $"{heading}: {string.Join(", ", value.Items.Take(20))}\n");
        }
        return FieldSet.Of(
            ("note_key", FieldValue.Of(string.Create(CultureInfo.InvariantCulture, $"{hubName}-enrichment-{person.Id}"))),
            ("person", person.Reference),
            ("title", FieldValue.Of("What is known about them")),
            ("body", FieldValue.Of(text.ToString().TrimEnd())),
            ("written_at", FieldValue.Of(at)));
    }

    private static void List(StringBuilder text, string heading, FieldValue? values)
    {
        if (values is null) return;
        text.Append(heading).Append(":\n");
        foreach (FieldValue value in values.Items) text.Append("- ").Append(value).Append('\n');
    }
}
