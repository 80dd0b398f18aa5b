using System.Globalization;
using System.Xml.Linq;
using static Syncline.Cli.Report.Markup;

namespace Syncline.Cli.Report;

/// <summary>The parts of a report that follow one person and one message.</summary>
internal static class StoryParts
{
    public static IEnumerable<XElement> Of(RunReport report)
    {
        if (report.Person is { } person) yield return Person(person);
        if (report.Message is { } message) yield return Message(message);
        if (report.Life.Count > 0) yield return Life(report.Life);
    }

    private static XElement Person(PersonStory person) => ReportPage.Section(
        $"One person, before and after: {person.Name}",
        person.WasThere ? "Somebody had typed this person into Attio, with a name and a profile address only. Syncline recognised the record and filled it in; what the person had typed stayed." : "Nobody had this person in Attio.",
        Table($"Attio record {person.RecordId}", ["Attribute", "Before", "After", "Where the value is from", "Why it won"], person.Fields.Select(f => (IReadOnlyList<object?>)
        [
            El("code", f.Attribute), Value(f.Before, isNew: false), Value(f.After, f.Before != f.After), f.Source, Words(f.Rule),
        ])));

    private static XElement Message(MessageStory message) => ReportPage.Section(
        "One message, tied both ways", null,
        El("p", Class("note"), $"{message.Direction}, {message.SentAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}"),
        El("blockquote", message.Body),
        Table("Its references in Attio", ["From", "Attribute", "To", ""], (IReadOnlyList<object?>[])
        [
            [Record("message", message.RecordId), El("code", "person"), Record(message.PersonName, message.PersonId), Sign(message.NamesPerson)],
            [Record(message.PersonName, message.PersonId), El("code", "linkedin_messages"), Record("message", message.RecordId), Sign(message.ListedByPerson)],
        ]),
        El("p", Class("note"), "It is known by ", El("code", message.Uid), ", so that it is never written twice."));

    private static XElement Life(IReadOnlyList<LifeEvent> events) => ReportPage.Section(
        "Then life went on", "This happened between the first run and the second. The second run wrote only what follows from it; the third found nothing to do.",
        El("ol", Class("life"), events.Select(e => El("li", El("b", e.Where), e.What))));

    private static XElement Value(string? text, bool isNew) => text is null ? El("span", Class("none"), "–") : El("span", isNew ? Class("new") : null, text);

    private static XElement Record(string name, string id) => El("span", name, Shape("br"), El("code", Class("none"), id));

    private static XElement Sign(bool isThere) => El("span", Class(isThere ? "good" : "bad"), isThere ? "✓ there" : "✗ missing");

    private static string Words(string? rule) => rule switch
    {
        null => "",
        "first" => "the only one",
        "moved" => "it is the one that changed",
        "latest" => "it is the latest",
        "union" => "all of them are kept",
        "kept" => "people win",
        _ => rule,
    };
}
