using System.Globalization;
using Spectre.Console;
using Syncline.Syncs;

namespace Syncline.Cli.Output;

/// <summary>Tables of text, every cell taken as it is.</summary>
internal static class Tables
{
    public static Table Of(params ReadOnlySpan<string> columns)
    {
        Table table = new() { Border = TableBorder.Simple };
        foreach (string column in columns) table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        return table;
    }

    public static Table Row(this Table table, params ReadOnlySpan<string?> cells)
    {
        List<Text> texts = [];
        foreach (string? cell in cells) texts.Add(new(cell ?? ""));
        return table.AddRow(texts);
    }

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A state in the words of the JSON output.</summary>
    public static string Word(RunState state) => state switch
    {
        RunState.DoneWithDeadLetters => "done-with-dead-letters",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>What a run did, in one line.</summary>
    public static string Summary(RunTally tally)
    {
        (long Count, string Word)[] parts =
        [
            (tally.Created, "created"), (tally.Updated, "updated"), (tally.Linked, "linked"), (tally.Unchanged, "unchanged"), (tally.Deleted, "deleted"),
            (tally.Skipped, "skipped"), (tally.Conflicts, "conflicts"), (tally.DeadLetters, "dead letters"),
        ];
        return string.Join(", ", [$"{Number(tally.Seen)} seen", .. parts.Where(p => p.Count > 0).Select(p => $"{Number(p.Count)} {p.Word}")]);
    }
}
