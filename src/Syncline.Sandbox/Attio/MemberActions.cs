using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio;

/// <summary>What a workspace member does in the user interface: no token, no limits, signed as a person.</summary>
internal sealed class MemberActions(AttioWorkspace workspace)
{
    private static readonly AttioActor Actor = AttioMember.All[0].Actor;

    public Guid Create(string objectSlug, JsonObject values) => workspace.Writer.Create(workspace.Object(objectSlug), values, Actor).Id;

    public void Edit(string objectSlug, string recordId, string attributeSlug, JsonNode? value)
    {
        Row row = workspace.Record(workspace.Object(objectSlug), recordId);
        bool isMulti = AttioWorkspace.Attribute(row.Table, attributeSlug).IsMulti;
        JsonNode? sent = isMulti && value is not JsonArray ? value is null ? new JsonArray() : new JsonArray(value.DeepClone()) : value?.DeepClone();
        workspace.Writer.Change(row, new() { [attributeSlug] = sent }, WriteMode.Replace, Actor);
    }

    public void Delete(string objectSlug, string recordId) =>
        Removal.Remove(workspace, workspace.Record(workspace.Object(objectSlug), recordId), Actor);

    public Guid Merge(string objectSlug, string primary, string secondary) => workspace.Merger.Merge(workspace.Object(objectSlug), primary, secondary, Actor).Id;

    public void DefineObject(string slug, string singular, string plural) =>
        workspace.Schema.CreateObject(new() { ["api_slug"] = slug, ["singular_noun"] = singular, ["plural_noun"] = plural });

    public void DefineAttribute(string target, JsonObject attribute)
    {
        JsonObject whole = new()
        {
            ["title"] = attribute["api_slug"]?.DeepClone(), ["description"] = null, ["is_required"] = false, ["is_unique"] = false, ["is_multiselect"] = false,
            ["config"] = new JsonObject(),
        };
        foreach ((string key, JsonNode? value) in attribute) whole[key] = value?.DeepClone();
        workspace.Schema.Attributes.Create(Table(target), whole);
    }

    public void DefineOption(string target, string attributeSlug, string title) =>
        OptionEditor.Create(workspace, AttioWorkspace.Attribute(Table(target), attributeSlug), new() { ["title"] = title });

    public void DefineList(string slug, string name, string parentObject) => workspace.Schema.CreateList(
        new()
        {
            ["api_slug"] = slug, ["name"] = name, ["parent_object"] = parentObject, ["workspace_access"] = "full-access", ["workspace_member_access"] = new JsonArray(),
        },
        Actor);

    private AttioTable Table(string target) => workspace.FindObject(target) ?? workspace.List(target);
}
