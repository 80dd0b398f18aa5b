using Syncline.Imports;

namespace Syncline.Server.Imports;

/// <summary>What is imported, in words to be translated.</summary>
internal static class ImportTypes
{
    public static IReadOnlyList<string> All { get; } = ["company", "person", "list_entry"];

    public static string Words(string type) => type switch { "company" => "Company", "person" => "Person", "list_entry" => "List entry", _ => type };

    public static string Words(ImportState state) => state switch { ImportState.Synced => "Committed", ImportState.Pending => "Not committed", _ => "Not there any more" };

    public static string Badge(ImportState state) => state switch { ImportState.Synced => "good", ImportState.Pending => "warn", _ => "bad" };
}
