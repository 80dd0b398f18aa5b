using Syncline.Records;

namespace Syncline.Composition.Telling;

/// <summary>What a person recognises a record by.</summary>
internal static class RecordName
{
    private static readonly string[] Telling = ["full_name", "name", "title", "email", "linkedin", "domain"];

    /// <summary>The first field that says who or what it is; empty when none does.</summary>
    public static string Of(FieldSet fields) => Telling.Select(name => fields[name]?.Items.FirstOrDefault()?.Text).FirstOrDefault(text => text is not null) ?? "";
}
