using System.Text.Json.Nodes;
using Syncline.Loading;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Composition.Telling;

/// <summary>The JSON shapes that scripts rely on; listed in docs/cli.md.</summary>
internal static class RunJson
{
    public static JsonObject Of(RunRow run)
    {
        JsonObject json = new() { ["sync"] = run.Sync, ["run"] = run.Id, ["state"] = Tables.Word(run.State), ["seconds"] = Seconds(run) };
        Count(json, run.Tally);
        json["calls"] = Calls(run.Tally);
        return json;
    }

    /// <summary>A run in a list: the same with its kind and times, what it removed, how much of it failed, and where it stands while it goes.</summary>
    public static JsonObject Listed(RunRow run)
    {
        JsonObject json = Of(run);
        json["kind"] = run.Kind;
        json["startedAt"] = run.StartedAt.UtcDateTime;
        json["endedAt"] = run.EndedAt?.UtcDateTime;
        json["detail"] = run.Detail;
        json["deleted"] = run.Tally.Deleted;
        json["errorRate"] = run.Tally.ErrorRate is { } rate ? Math.Round(rate, 4) : null;
        json["position"] = run is { State: RunState.Running, Position: { } position } ? Of(position) : null;
        return json;
    }

    public static void Count(JsonObject json, RunTally tally)
    {
        json["seen"] = tally.Seen;
        json["created"] = tally.Created;
        json["updated"] = tally.Updated;
        json["linked"] = tally.Linked;
        json["unchanged"] = tally.Unchanged;
        json["skipped"] = tally.Skipped;
        json["conflicts"] = tally.Conflicts;
        json["deadLetters"] = tally.DeadLetters;
    }

    private static JsonObject Of(RunPosition position) => new()
    {
        ["stage"] = Tables.Word(position.Stage),
        ["done"] = position.Done,
        ["total"] = position.Total,
        ["isTotalOpen"] = position.IsTotalOpen,
    };

    public static JsonObject Calls(RunTally tally)
    {
        JsonObject calls = [];
        foreach ((string connection, CallCount count) in tally.Calls) calls[connection] = new JsonObject { ["reads"] = count.Reads, ["writes"] = count.Writes, ["throttled"] = count.Throttled };
        return calls;
    }

    public static JsonObject Of(FieldSet fields)
    {
        JsonObject json = [];
        foreach (Field field in fields) json[field.Name] = Of(field.Value);
        return json;
    }

    public static JsonNode? Of(FieldValue? value) => value?.Type switch
    {
        null => null,
        FieldType.List => new JsonArray([.. value.Items.Select(Of)]),
        FieldType.Number => JsonValue.Create(value.AsNumber()),
        FieldType.Flag => JsonValue.Create(value.Text == "true"),
        _ => JsonValue.Create(value.Text),
    };

    public static JsonObject Of(DeadLetter letter) => new()
    {
        ["sync"] = letter.Key.Sync,
        ["connection"] = letter.Key.Connection,
        ["subject"] = letter.Key.Subject,
        ["kind"] = letter.Kind.Name,
        ["stage"] = letter.Stage,
        ["code"] = letter.Code,
        ["reason"] = letter.Reason,
        ["run"] = letter.RunId,
        ["attempts"] = letter.Attempts,
        ["at"] = letter.At.UtcDateTime,
        ["retryAt"] = letter.RetryAt?.UtcDateTime,
    };

    private static double Seconds(RunRow run) => run.EndedAt is { } end ? Math.Round((end - run.StartedAt).TotalSeconds, 2) : 0;
}
