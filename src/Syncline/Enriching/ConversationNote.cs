using System.Globalization;
using System.Text;
using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>One note a person: the whole conversation, oldest first. Its key never changes, so that a destination refreshes it and does not repeat it.</summary>
public static class ConversationNote
{
    // Attio's limit on a note is not published; 100,000 characters are far above any conversation seen, and the newest messages are the ones to keep.
    private const int MaxLength = 100_000;

    /// <param name="messages">Golden messages of that person, in any order.</param>
    /// <returns>The note's fields; empty when there is no message with a time.</returns>
    public static FieldSet Of(GoldenRecord person, string hubName, IReadOnlyList<GoldenRecord> messages)
    {
        GoldenRecord[] dated = [.. messages.Where(m => m.Fields["sent_at"]?.Type == FieldType.Time).OrderBy(m => m.Fields["sent_at"]!.AsTime()).ThenBy(m => m.Id)];
        if (dated.Length == 0) return FieldSet.Empty;
        return FieldSet.Of(
            ("note_key", FieldValue.Of(string.Create(CultureInfo.InvariantCulture, $"{hubName}-conversation-{person.Id}"))),
            ("person", person.Reference),
            ("title", FieldValue.Of("LinkedIn conversation")),
            ("body", FieldValue.Of(TextOf(person, dated))),
            ("written_at", dated[^1].Fields["sent_at"]));
    }

    private static string TextOf(GoldenRecord person, GoldenRecord[] messages)
    {
        string theirs = person.Fields["first_name"]?.Text ?? person.Fields["full_name"]?.Text ?? "They";
        StringBuilder text = new();
        foreach (GoldenRecord message in messages)
        {
            string who = message.Fields["direction"]?.Text == "inbound" ? theirs : "We";
            text.Append(CultureInfo.InvariantCulture, $"{message.Fields["sent_at"]!.AsTime():yyyy-MM-dd HH:mm} · {who}: {message.Fields["body"]?.Text ?? "(no text)"}\n");
        }
        if (text.Length <= MaxLength) return text.ToString();
        int start = text.Length - MaxLength + 1;
        // Never the second half of a character that takes two.
        if (char.IsLowSurrogate(text[start])) start++;
        return "…" + text.ToString(start, text.Length - start);
    }
}
