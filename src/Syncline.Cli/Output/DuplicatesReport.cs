using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Records;

namespace Syncline.Cli.Output;

/// <summary>Takes what was unified as it is found, so that none of it need be kept: the counts, then the unifications, then the problems.</summary>
internal interface IDuplicatesReport : IDisposable
{
    void Begin(IReadOnlyList<KindCount> counts);

    /// <param name="name">What the golden record is recognised by; may be empty.</param>
    void Add(Unification unified, string name);

    void Add(DeadLetter problem);

    /// <summary>False when no further unification would be shown, so that none need be looked for.</summary>
    bool TakesUnified { get; }

    void End();
}

/// <summary>For a person: a few of each, and how to see the rest.</summary>
internal sealed class DuplicatesText(Terminal terminal) : IDuplicatesReport
{
    private const int Listed = 20;

    private int _unified;
    private long _problems;

    public bool TakesUnified => _unified <= Listed;

    public void Begin(IReadOnlyList<KindCount> counts)
    {
        if (counts.Count == 0) Write("No record of a source is in the hub.");
        foreach (KindCount count in counts) Write($"{Words(count.Unique, count.Kind)}: {Tables.Number(count.Remote)} read, {Tables.Number(count.Removed)} {(count.Removed == 1 ? "duplicate" : "duplicates")} removed.");
    }

    public void Add(Unification unified, string name)
    {
        if (_unified++ == 0) Write("", "Unified within one connection:");
        if (_unified > Listed) return;
        Write($"  {unified.Kind}/{unified.GoldenId} {name}".TrimEnd() + $": {Tables.Number(unified.Count)} records of {unified.Stream}: {string.Join(", ", unified.Shown.Select(s => s.Key.Id))}{(unified.Count > unified.Shown.Count ? ", …" : "")}");
        Write("    by " + (unified.SharedKeys.Count == 0 ? "values they no longer share, or another connection's record" : string.Join(", ", unified.SharedKeys.Select(k => $"{k.Type} {k.Value}"))));
    }

    public void Add(DeadLetter problem)
    {
        if (_problems == 0) EndUnified();
        if (_problems++ == 0) Write("", "Waiting for a decision:");
        if (_problems <= Listed) Write($"  {problem.Key.Subject} ({problem.Code}, sync {problem.Key.Sync}): {problem.Reason}");
    }

    public void End()
    {
        if (_problems == 0) EndUnified();
        if (_problems > Listed) Write($"  … and {Tables.Number(_problems - Listed)} more; --json lists them all.");
        if (_problems == 0) Write("", "No identity waits for a decision.");
    }

    public void Dispose()
    {
        // Every line is written already.
    }

    private void EndUnified()
    {
        if (_unified > Listed) Write("  … and more; --json lists them all.");
        if (_unified > 0) Write("Two that should not be one? 'syncline show RECORD' tells its values, 'syncline why RECORD FIELD' who brought them; 'syncline split' parts them.");
    }

    private void Write(params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines) terminal.Out.WriteLine(line);
    }

    private static string Words(long count, RecordKind kind) => (Tables.Number(count), kind.Name) switch
    {
        ("1", var one) => $"1 {one}",
        (var many, "person") => $"{many} people",
        (var many, var name) when name.EndsWith('y') => $"{many} {name[..^1]}ies",
        (var many, var name) => $"{many} {name}s",
    };
}

/// <summary>For a script: one object, written as it comes.</summary>
internal sealed class DuplicatesJson : IDuplicatesReport
{
    private readonly Terminal _terminal;
    private readonly WriterStream _target;
    private readonly Utf8JsonWriter _json;
    private bool _isPastUnified;

    public bool TakesUnified => true;

    public DuplicatesJson(Terminal terminal)
    {
        _terminal = terminal;
        _target = new(terminal.Out);
        _json = new(_target, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public void Begin(IReadOnlyList<KindCount> counts)
    {
        _json.WriteStartObject();
        _json.WriteStartArray("kinds");
        foreach (KindCount count in counts) Write(new() { ["kind"] = count.Kind.Name, ["remote"] = count.Remote, ["unique"] = count.Unique, ["removed"] = count.Removed });
        _json.WriteEndArray();
        _json.WriteStartArray("unified");
    }

    public void Add(Unification unified, string name) => Write(new()
    {
        ["record"] = string.Create(CultureInfo.InvariantCulture, $"{unified.Kind}/{unified.GoldenId}"),
        ["kind"] = unified.Kind.Name,
        ["name"] = name,
        ["connection"] = unified.Stream.Connection,
        ["stream"] = unified.Stream.Name,
        ["count"] = unified.Count,
        ["ids"] = new JsonArray([.. unified.Shown.Select(s => JsonValue.Create(s.Key.Id))]),
        ["by"] = new JsonArray([.. unified.SharedKeys.Select(k => new JsonObject { ["key"] = k.Type, ["value"] = k.Value })]),
    });

    public void Add(DeadLetter problem)
    {
        BeginProblems();
        Write(RunJson.Of(problem));
    }

    public void End()
    {
        BeginProblems();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _terminal.Out.WriteLine();
    }

    public void Dispose()
    {
        _json.Dispose();
        _target.Dispose();
    }

    private void BeginProblems()
    {
        if (_isPastUnified) return;
        _isPastUnified = true;
        _json.WriteEndArray();
        _json.WriteStartArray("problems");
    }

    private void Write(JsonObject one)
    {
        one.WriteTo(_json);
        _json.Flush();
    }
}
