using System.Globalization;
using Spectre.Console;
using Syncline.Syncs;

namespace Syncline.Composition.Telling;

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

    public static string Word(ContactState state) => state.ToString().ToLowerInvariant();

    public static string Word(RunStage stage) => stage.ToString().ToLowerInvariant();

    /// <summary>A run's state; of one under way, the stage it has reached and how far it is.</summary>
    public static string Standing(RunRow run)
    {
        if (run.State != RunState.Running || run.Position is not { } position) return Word(run.State);
        string done = position.Done > 0 || position.Total is not null ? $" {Number(position.Done)}" : "";
        string total = position.Total is { } known ? $"/{(position.IsTotalOpen ? "at least " : "")}{Number(known)}" : "";
        return $"{Word(position.Stage)}{done}{total}";
    }

    /// <summary>A share of failures as a percentage, fine enough for one in a thousand; null where there is none.</summary>
    public static string? ErrorRate(RunTally tally) => tally.ErrorRate is > 0 and var rate ? rate.ToString("0.0 %", CultureInfo.InvariantCulture) + " failed" : null;

    private static string Enriched(KeyValuePair<string, EnrichmentCount> enricher) =>
        string.Create(CultureInfo.InvariantCulture, $"{enricher.Key}: {Number(enricher.Value.Asked)} asked, {Number(enricher.Value.Kept)} known, {enricher.Value.Spent:0.####} {enricher.Value.Unit}");

    /// <summary>What a run did, in one line.</summary>
    public static string Summary(RunTally tally)
    {
        (long Count, string Word)[] parts =
        [
            (tally.Created, "created"), (tally.Updated, "updated"), (tally.Linked, "linked"), (tally.Unchanged, "unchanged"), (tally.Deleted, "deleted"),
            (tally.Skipped, "skipped"), (tally.Conflicts, "conflicts"), (tally.DeadLetters, "dead letters"),
        ];
        return string.Join(", ", [$"{Number(tally.Seen)} seen", .. parts.Where(p => p.Count > 0).Select(p => $"{Number(p.Count)} {p.Word}"), .. tally.Enriched.Select(Enriched), .. ErrorRate(tally) is { } rate ? [rate] : Array.Empty<string>()]);
    }
}
