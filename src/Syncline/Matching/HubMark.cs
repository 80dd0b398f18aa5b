using System.Globalization;
using Syncline.Records;

namespace Syncline.Matching;

/// <summary>What a hub puts on the records it makes where they have room for it: its own name and the golden record's id. By it they are known again, also before the answer to their creation is.</summary>
internal static class HubMark
{
    /// <summary>The canonical field that carries it.</summary>
    public const string Field = "syncline_id";

    public static FieldValue Of(string hub, long goldenId) => FieldValue.Of($"{hub}-{goldenId.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The golden record that a record says it was made of; null where it says nothing, or another hub made it.</summary>
    public static long? Read(string hub, FieldSet canonical) =>
        canonical[Field] is { Type: FieldType.Text, Text: var mark } && mark.StartsWith(hub + "-", StringComparison.Ordinal) && long.TryParse(mark.AsSpan(hub.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
}
