using System.Text.Json.Nodes;
using Syncline.Cli.Report;
using Syncline.Composition.Telling;

namespace Syncline.Cli.Demo;

/// <summary>The demo as one JSON object; listed in docs/demo.md.</summary>
internal static class DemoJson
{
    public static JsonObject Of(RunReport report, string? page) => new()
    {
        ["isTrue"] = report.Checks.All(c => c.IsTrue),
        ["runs"] = new JsonArray([.. report.Runs.Select(Of)]),
        ["pace"] = report.Pace is { } pace ? new JsonObject { ["writesPerSecond"] = new JsonArray([.. pace.WritesPerSecond.Select(w => JsonValue.Create(w))]), ["limit"] = pace.Limit, ["busiestSecond"] = pace.Busiest, ["refused"] = pace.Refused } : null,
        ["person"] = report.Person is { } person ? Of(person) : null,
        ["message"] = report.Message is { } message ? new JsonObject { ["record"] = message.RecordId, ["person"] = message.PersonId, ["namesPerson"] = message.NamesPerson, ["listedByPerson"] = message.ListedByPerson } : null,
        ["life"] = new JsonArray([.. report.Life.Select(l => new JsonObject { ["where"] = l.Where, ["what"] = l.What })]),
        ["checks"] = new JsonArray([.. report.Checks.Select(c => new JsonObject { ["what"] = c.What, ["expected"] = c.Expected, ["found"] = c.Found, ["isTrue"] = c.IsTrue })]),
        ["report"] = page,
    };

    private static JsonObject Of(RunFigures run)
    {
        JsonObject json = new() { ["name"] = run.Name, ["state"] = Tables.Word(run.State), ["seconds"] = Math.Round(run.Seconds, 2), ["floorSeconds"] = run.FloorSeconds };
        RunJson.Count(json, run.Tally);
        json["calls"] = RunJson.Calls(run.Tally);
        return json;
    }

    private static JsonObject Of(PersonStory person) => new()
    {
        ["name"] = person.Name,
        ["record"] = person.RecordId,
        ["wasThere"] = person.WasThere,
        ["fields"] = new JsonArray([.. person.Fields.Select(f => new JsonObject { ["attribute"] = f.Attribute, ["before"] = f.Before, ["after"] = f.After, ["source"] = f.Source, ["rule"] = f.Rule })]),
    };
}
