using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Planning;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Cli.Output;

/// <summary>Gathers a plan while it is made: the first records field by field, all of them into files where asked for.</summary>
/// <param name="folder">Where files go, one a stream; null writes none.</param>
internal sealed class PlanReport(Terminal terminal, string? folder) : IDisposable
{
    private const int Shown = 20;

    // Message bodies and notes are long; the beginning tells one from another.
    private const int ValueWidth = 70;

    private readonly List<string> _lines = [];
    private readonly Dictionary<string, StreamWriter> _files = new(StringComparer.Ordinal);
    private int _changed;

    public IReadOnlyCollection<string> Files => _files.Keys;

    public async Task TakeAsync(string connection, DestinationStream stream, PlannedRecord planned, CancellationToken cancellationToken)
    {
        if (planned is PlannedRecord.Unchanged or PlannedRecord.Settle { IsNew: false }) return;
        if (_changed++ < Shown) _lines.AddRange(LinesOf(connection, stream, planned));
        if (folder is not null) await FileOf(connection, stream).WriteLineAsync(JsonOf(planned).ToJsonString().AsMemory(), cancellationToken);
    }

    public void ShowTable(string sync, Forecast forecast, IReadOnlyDictionary<string, CallPermits> permits)
    {
        foreach (string line in _lines) terminal.Out.WriteLine(line);
        if (_changed > Shown) terminal.Out.WriteLine($"… and {Tables.Number(_changed - Shown)} more; --out FOLDER writes them all to files.");
        Table calls = Tables.Of("Calls to be made", "Count", "Share of an hour's limit");
        foreach ((string endpoint, long count) in forecast.Calls) calls.Row(endpoint, Tables.Number(count), ShareOf(endpoint, count, permits) is { } share ? share.ToString("0.0 %", CultureInfo.InvariantCulture) : "");
        if (forecast.Calls.Count > 0) terminal.Show(calls);
        terminal.Out.WriteLine($"Plan of {sync}: {Tables.Summary(forecast.Tally)}. At the published limits its writes need {Durations.Write(TimeSpan.FromSeconds(forecast.SecondsNeeded))}. Nothing was written.");
    }

    public static JsonObject Json(string sync, Forecast forecast, RunTally made, double seconds, IReadOnlyDictionary<string, CallPermits> permits)
    {
        JsonObject json = new() { ["sync"] = sync, ["run"] = null, ["state"] = "planned", ["seconds"] = Math.Round(seconds, 2) };
        RunJson.Count(json, forecast.Tally);
        json["deleted"] = forecast.Tally.Deleted;
        JsonObject calls = [], endpoints = [], shares = [];
        foreach ((string connection, CallCount count) in made.Calls)
        {
            long writes = forecast.Calls.Where(c => ConnectionOf(c.Key) == connection).Sum(c => c.Value);
            calls[connection] = new JsonObject { ["reads"] = count.Reads, ["writes"] = writes, ["throttled"] = 0 };
        }
        foreach ((string endpoint, long count) in forecast.Calls)
        {
            endpoints[endpoint] = count;
            shares[endpoint] = ShareOf(endpoint, count, permits) is { } share ? Math.Round(share, 4) : null;
        }
        json["calls"] = calls;
        json["endpoints"] = endpoints;
        json["quotaShare"] = shares;
        json["secondsNeeded"] = Math.Round(forecast.SecondsNeeded, 2);
        return json;
    }

    public void Dispose()
    {
        foreach (StreamWriter file in _files.Values) file.Dispose();
    }

    private static string ConnectionOf(string endpoint) => endpoint[..endpoint.IndexOf(':', StringComparison.Ordinal)];

    private static double? ShareOf(string endpoint, long count, IReadOnlyDictionary<string, CallPermits> permits) =>
        permits.GetValueOrDefault(ConnectionOf(endpoint)) is { } of && (of.RateOf("writes") ?? of.RateOf("calls")) is { } rate ? count / (rate * 3600) : null;

    private StreamWriter FileOf(string connection, DestinationStream stream)
    {
        string path = Path.Combine(folder!, $"{connection}-{stream.Stream}.jsonl");
        if (_files.TryGetValue(path, out StreamWriter? file)) return file;
        Directory.CreateDirectory(folder!);
        return _files[path] = new(path);
    }

    private static IEnumerable<string> LinesOf(string connection, DestinationStream stream, PlannedRecord planned)
    {
        string who = $"{planned.Golden.Reference.Text} {RecordName.Of(planned.Golden.Fields)}".TrimEnd();
        string where = $"{connection}/{stream.Stream}";
        return planned switch
        {
            PlannedRecord.Create create => [$"create  {where}  {who}", .. create.Fields.Select(f => $"        {f.Name}: {Cut(f.Value)}")],
            PlannedRecord.Update update => [$"{(update.Replaces ? "replace" : "update ")} {where}  {who}", .. update.Diff.Writes.Select(w => $"        {w.Remote}: {Cut(w.Before)} → {Cut(w.After)}")],
            PlannedRecord.Settle settle => [$"link    {where}  {who}  is {settle.Link.Key.Id}"],
            PlannedRecord.Delete delete => [$"delete  {where}  {who}  is {delete.Link.Key.Id}"],
            PlannedRecord.LeftAlone left => [$"leave   {where}  {who}  {left.Reason}"],
            PlannedRecord.Stuck stuck => [$"stuck   {where}  {who}  {stuck.Code}: {stuck.Reason}"],
            _ => [],
        };
    }

    private static string Cut(FieldValue? value)
    {
        string text = value?.ToString().ReplaceLineEndings(" ") ?? "(empty)";
        return text.Length <= ValueWidth ? text : text[..ValueWidth] + "…";
    }

    private static JsonObject JsonOf(PlannedRecord planned)
    {
        JsonObject json = new() { ["action"] = ActionOf(planned), ["record"] = planned.Golden.Reference.Text };
        switch (planned)
        {
            case PlannedRecord.Create create:
                json["fields"] = RunJson.Of(create.Fields);
                break;
            case PlannedRecord.Update update:
                json["id"] = update.RemoteId;
                json["fields"] = RunJson.Of(update.Diff.Fields);
                json["cleared"] = new JsonArray([.. update.Diff.Cleared.Select(c => JsonValue.Create(c))]);
                json["before"] = RunJson.Of(update.Diff.Before);
                break;
            case PlannedRecord.Settle settle:
                json["id"] = settle.Link.Key.Id;
                break;
            case PlannedRecord.Delete delete:
                json["id"] = delete.Link.Key.Id;
                json["before"] = RunJson.Of(delete.Before);
                break;
            case PlannedRecord.LeftAlone left:
                json["reason"] = left.Reason;
                break;
            case PlannedRecord.Stuck stuck:
                json["code"] = stuck.Code;
                json["reason"] = stuck.Reason;
                break;
            default:
                break;
        }
        return json;
    }

    private static string ActionOf(PlannedRecord planned) => planned switch
    {
        PlannedRecord.Create => "create",
        PlannedRecord.Update { Replaces: true } => "replace",
        PlannedRecord.Update => "update",
        PlannedRecord.Settle => "link",
        PlannedRecord.Delete => "delete",
        PlannedRecord.LeftAlone => "leave",
        PlannedRecord.Stuck => "stuck",
        _ => "none",
    };
}
