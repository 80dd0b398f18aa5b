using System.Globalization;

namespace Syncline.Sandbox.Attio;

/// <summary>What can be turned at run time: limits, lags, and everything that Attio's documents leave open.</summary>
internal sealed class AttioSwitches
{
    public bool LimitsOn { get; set; } = true;
    public int ReadsPerSecond { get; set; } = 100;
    public int WritesPerSecond { get; set; } = 25;
    public int MergesPerSecond { get; set; } = 5;
    public int ScorePerTenSeconds { get; set; }
    public TimeSpan QueryLag { get; set; }
    public TimeSpan MergeDelay { get; set; }
    public bool DeleteCascades { get; set; } = true;
    public bool AutoCompany { get; set; } = true;
    public int MostInList { get; set; }
    public bool RefusesReadOnly { get; set; } = true;
    public bool RefusesLargePages { get; set; } = true;
    public bool DropsBareOptionIds { get; set; } = true;
    public bool ArchivedOptionsWritable { get; set; }
    public bool TitlesIgnoreCase { get; set; }
    public bool TextIgnoresCase { get; set; }
    public bool TextTakesNotEmpty { get; set; }
    public bool RewriteMakesHistory { get; set; }
    public bool CurrencyAsText { get; set; }
    public bool DefaultOrderIsScrambled { get; set; }
    public string ConflictTail { get; set; } = "random";
    public int MostNoteBytes { get; set; } = 1024 * 1024;

    public IReadOnlyList<Knob> Knobs() =>
    [
        Flag("limits", "Whether requests are limited at all.", () => LimitsOn, v => LimitsOn = v),
        Number("reads-per-second", "Reads, queries among them, in any second.", () => ReadsPerSecond, v => ReadsPerSecond = v),
        Number("writes-per-second", "Writes in any second.", () => WritesPerSecond, v => WritesPerSecond = v),
        Number("merges-per-second", "Merges in any second.", () => MergesPerSecond, v => MergesPerSecond = v),
        Number("score-per-ten-seconds", "Query score in any ten seconds; 0 for no bound.", () => ScorePerTenSeconds, v => ScorePerTenSeconds = v),
        Time("query-lag", "How long queries miss a row after its creation.", () => QueryLag, v => QueryLag = v),
        Time("merge-delay", "0 answers a merge at once (200); longer answers 202 and applies it then.", () => MergeDelay, v => MergeDelay = v),
        Flag("delete-cascade", "Whether deleting a record removes its entries, notes and the references to it.", () => DeleteCascades, v => DeleteCascades = v),
        Flag("auto-company", "Whether a new person with a work address gets its domain's company.", () => AutoCompany, v => AutoCompany = v),
        Number("in-cap", "Most values in a filter's $in; 0 for no bound.", () => MostInList, v => MostInList = v),
        Choice("write-read-only", "A value for a read-only attribute.", "refuse", "ignore", () => RefusesReadOnly, v => RefusesReadOnly = v),
        Choice("query-limit-over-500", "A query's limit above 500.", "refuse", "clamp", () => RefusesLargePages, v => RefusesLargePages = v),
        Choice("bare-option-uuid", "A select option given as a bare UUID in an array.", "drop", "store", () => DropsBareOptionIds, v => DropsBareOptionIds = v),
        Flag("archived-options-writable", "Whether a value may be an archived option.", () => ArchivedOptionsWritable, v => ArchivedOptionsWritable = v),
        Flag("titles-ignore-case", "Whether option titles are found in any case.", () => TitlesIgnoreCase, v => TitlesIgnoreCase = v),
        Flag("text-eq-ignores-case", "Whether $eq and $in on text ignore case.", () => TextIgnoresCase, v => TextIgnoresCase = v),
        Flag("text-not-empty", "Whether text takes $not_empty.", () => TextTakesNotEmpty, v => TextTakesNotEmpty = v),
        Flag("rewrite-makes-history", "Whether writing an equal value starts a new one.", () => RewriteMakesHistory, v => RewriteMakesHistory = v),
        Flag("currency-as-text", "Whether currency_value is answered as text.", () => CurrencyAsText, v => CurrencyAsText = v),
        Choice("default-order", "Rows of a query without sorts.", "scrambled", "created", () => DefaultOrderIsScrambled, v => DefaultOrderIsScrambled = v),
        new("conflict-tail", "Whether a uniqueness conflict names the other records: always, never or random.",
            () => ConflictTail, v => ConflictTail = OneOf(v, "always", "never", "random")),
        Number("note-bytes", "Largest content of a note, bytes.", () => MostNoteBytes, v => MostNoteBytes = v),
    ];

    private static Knob Flag(string name, string description, Func<bool> get, Action<bool> set) =>
        new(name, $"{description} true or false.", () => get() ? "true" : "false", v => set(OneOf(v, "true", "false") == "true"));

    private static Knob Choice(string name, string description, string whenTrue, string whenFalse, Func<bool> get, Action<bool> set) =>
        new(name, $"{description} {whenTrue} or {whenFalse}.", () => get() ? whenTrue : whenFalse, v => set(OneOf(v, whenTrue, whenFalse) == whenTrue));

    private static Knob Number(string name, string description, Func<int> get, Action<int> set) =>
        new(name, description, () => get().ToString(CultureInfo.InvariantCulture), v => set(int.Parse(v, CultureInfo.InvariantCulture)));

    private static Knob Time(string name, string description, Func<TimeSpan> get, Action<TimeSpan> set) =>
        new(name, description, () => get().ToString("c"), v => set(TimeSpan.Parse(v, CultureInfo.InvariantCulture)));

    private static string OneOf(string value, params string[] choices) =>
        choices.Contains(value) ? value : throw new ArgumentException($"\"{value}\" is none of: {string.Join(", ", choices)}.", nameof(value));
}
