using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio;

/// <summary>What people and admins do to the workspace without a request.</summary>
internal sealed class AttioHappenings(AttioSimulator simulator)
{
    public IReadOnlyList<Happening> All() =>
    [
        new("create", "A member makes a record: OBJECT JSON, where the JSON is its values.", argument => Split(argument, 2, p => simulator.CreateByPerson(p[0], ValuesOf(p[1])))),
        new("edit", "A member sets a value: OBJECT RECORD-ID ATTRIBUTE JSON.", Edit),
        new("delete", "A member deletes a record: OBJECT RECORD-ID.", argument => Split(argument, 2, p => simulator.DeleteByPerson(p[0], p[1]))),
        new("merge", "A member merges two records: OBJECT PRIMARY-ID SECONDARY-ID.", argument => Split(argument, 3, p => simulator.MergeRecords(p[0], p[1], p[2]))),
        new("rename-option", "An admin renames an option: OBJECT ATTRIBUTE OLD => NEW.", RenameOption),
        new("archive-option", "An admin archives an option: OBJECT ATTRIBUTE TITLE.", argument => Split(argument, 3, p => Option(p[0], p[1], p[2]).IsArchived = true)),
        new("revoke-token", "An admin revokes a token: TOKEN, or nothing for all.", Revoke),
    ];

    /// <summary>One switch for each optional object. Once on it stays on, as nothing in the API takes it away.</summary>
    public static IEnumerable<Knob> ObjectKnobs(AttioWorkspace workspace)
    {
        foreach (string slug in (string[])["deals", "users", "workspaces"])
        {
            yield return new($"object-{slug}", $"Whether the standard object {slug} is enabled; on, it stays on.", () => IsOn(workspace, slug), value =>
            {
                if (value == "true") StandardObjects.SwitchOn(workspace, slug);
            });
        }
    }

    private static string IsOn(AttioWorkspace workspace, string slug) => workspace.FindObject(slug) is null ? "false" : "true";

    private void Edit(string? argument) => Split(argument, 4, p => simulator.EditByPerson(p[0], p[1], p[2], JsonNode.Parse(p[3])));

    private static JsonObject ValuesOf(string json) => JsonNode.Parse(json) as JsonObject ?? throw new ArgumentException("Expected a JSON object.", nameof(json));

    private void RenameOption(string? argument) => Split(argument, 3, parts =>
    {
        string[] titles = parts[2].Split(" => ", 2);
        if (titles.Length != 2) throw new ArgumentException("Expected: OLD => NEW.", nameof(argument));
        Option(parts[0], parts[1], titles[0]).Title = titles[1];
    });

    private void Revoke(string? argument)
    {
        foreach (AttioToken token in simulator.Workspace.Tokens.All.Where(t => argument is null || t.Text == argument).ToArray()) simulator.RevokeToken(token.Text);
    }

    private AttioOption Option(string table, string attribute, string title) =>
        AttioWorkspace.Attribute(simulator.Workspace.FindObject(table) ?? simulator.Workspace.List(table), attribute).FindOption(title)
        ?? throw new ArgumentException($"{table}.{attribute} has no option {title}.", nameof(title));

    private static void Split(string? argument, int count, Action<string[]> use)
    {
        string[] parts = (argument ?? "").Split(' ', count, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != count) throw new ArgumentException($"Expected {count} words.", nameof(argument));
        use(parts);
    }
}
