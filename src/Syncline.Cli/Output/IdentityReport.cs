using System.Text.Json.Nodes;
using Syncline.Cli.Commands;
using Syncline.Composition.Telling;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Cli.Output;

/// <summary>What became of an edit of identities, and what is left to do.</summary>
internal static class IdentityReport
{
    public static void Show(Session session, RunRow run, IdentityEdit edit, string headline)
    {
        if (session.IsJson) session.Terminal.Json(Json(run, edit));
        else session.Terminal.Out.WriteLine($"{headline} {Tables.Number(edit.Referring)} records that belong to it follow.");
        foreach (IGrouping<StreamId, Link> doubled in edit.Doubles)
        {
            session.Terminal.Say($"{doubled.Key} holds it {Tables.Number(doubled.Count())} times: {string.Join(", ", doubled.Select(l => l.Key.Id))}. Merge them there; until then only {doubled.First().Key.Id} is kept up to date.");
        }
        session.Terminal.Say("The next run of each sync brings its destinations up to date.");
    }

    private static JsonObject Json(RunRow run, IdentityEdit edit) => new()
    {
        ["run"] = run.Id,
        ["record"] = edit.Golden.Reference.Text,
        ["fields"] = RunJson.Of(edit.Golden.Fields),
        ["following"] = edit.Referring,
        ["doubled"] = new JsonArray([.. edit.Doubles.Select(d => new JsonObject { ["stream"] = d.Key.ToString(), ["ids"] = new JsonArray([.. d.Select(l => JsonValue.Create(l.Key.Id))]) })]),
    };
}
