using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Imports;
using Syncline.Composition.Telling;

namespace Syncline.Cli.Output;

/// <summary>The past of one imported record: what each commit changed of it.</summary>
internal static class PastReport
{
    private const int ShownOfHash = 10;

    public static void Show(Terminal terminal, IReadOnlyList<PastState> past)
    {
        Table table = Tables.Of("Commit", "When", "By", "Changes");
        foreach (PastState state in past) table.Row(state.Version.Id[..ShownOfHash], Tables.Time(state.Version.At.ToUniversalTime()), state.Version.Author, Changes(state));
        terminal.Show(table);
    }

    public static JsonArray Json(IReadOnlyList<PastState> past) => new([.. past.Select(state => new JsonObject
    {
        ["commit"] = state.Version.Id,
        ["at"] = state.Version.At.UtcDateTime,
        ["author"] = state.Version.Author,
        ["subject"] = state.Version.Subject,
        ["changes"] = ChangesJson.Of(state.Changes),
    })]);

    private static string Changes(PastState state) => state.Content is null ? "removed" : ChangesJson.Lines(state.Changes);
}
