using System.Text.Json;
using Syncline.Sandbox.HeyReach.Hooks;

namespace Syncline.Sandbox.HeyReach;

/// <summary>lead/* and lead_tags/*.</summary>
internal sealed class LeadCalls(Workspace workspace, HeyReachBehaviour behaviour, WorkspaceEvents events, TimeProvider clock)
{
    private static readonly string[] Colors = ["Blue", "Green", "Purple", "Pink", "Red", "Cyan", "Yellow", "Orange"];

    public SandboxResponse GetLead(SandboxRequest request) => OfLead(request, LeadJson.WriteFull);

    public SandboxResponse GetTags(SandboxRequest request) =>
        OfLead(request, static (writer, lead) => WriteTags(writer, "tags", Alphabetical(lead.Tags)));

    public SandboxResponse AddTags(SandboxRequest request) =>
        Assign(request, static (lead, tags) => [.. lead.Tags, .. tags.Except(lead.Tags, StringComparer.OrdinalIgnoreCase)]);

    public SandboxResponse ReplaceTags(SandboxRequest request) => Assign(request, static (_, tags) => tags);

    public SandboxResponse CreateTags(SandboxRequest request)
    {
        RequestBody body = RequestBody.Read(request);
        if (!body.Has("tags")) body.Missing("tags");
        List<(string Name, string Color)> tags = [.. body.Items("tags").Select(tag => (Word(tag, "displayName"), Word(tag, "color")))];
        if (tags.Exists(t => t.Name.Length == 0)) body.Missing("displayName");
        if (tags.Exists(t => !Colors.Contains(t.Color, StringComparer.OrdinalIgnoreCase)))
        {
            body.Refuse("Color", $"The field Color must be one of {string.Join(", ", Colors)}.");
        }
        if (body.Refusal() is { } refusal) return refusal;
        foreach ((string name, string color) in tags) workspace.Tags.TryAdd(name, color);
        return Answers.Done;
    }

    private SandboxResponse OfLead(SandboxRequest request, Action<Utf8JsonWriter, Lead> write)
    {
        RequestBody body = RequestBody.Read(request);
        Lead? lead = body.Lead(workspace.Leads, "profileUrl");
        if (body.Refusal() is { } refusal) return refusal;
        return lead is null ? Unknown() : Answers.Ok(writer => write(writer, lead));
    }

    private SandboxResponse Assign(SandboxRequest request, Func<Lead, string[], string[]> combine)
    {
        RequestBody body = RequestBody.Read(request);
        Lead? lead = body.Lead(workspace.Leads, "leadProfileUrl", "leadLinkedInId");
        if (!body.Has("tags")) body.Missing("tags");
        string[] tags = [.. body.Texts("tags").Distinct(StringComparer.OrdinalIgnoreCase)];
        bool create = body.Flag("createTagIfNotExisting") ?? false;
        string? unknown = tags.FirstOrDefault(t => !workspace.Tags.ContainsKey(t));
        if (unknown is not null && !create) body.Forbid($"Tag '{unknown}' does not exist.");
        if (body.Refusal() is { } refusal) return refusal;
        if (lead is null) return Unknown();

        foreach (string tag in tags) workspace.Tags.TryAdd(tag, "Blue");
        string[] added = [.. tags.Except(lead.Tags, StringComparer.OrdinalIgnoreCase)];
        string[] before = lead.Tags;
        lead.Tags = combine(lead, tags);
        events.Tagged(lead, before, clock.GetUtcNow());
        return Answers.Ok(writer => WriteTags(writer, "newAssignedTags", added));
    }

    private SandboxResponse Unknown() => Answers.Error(behaviour.UnknownLeadStatus, "Lead not found.");

    private static string[] Alphabetical(string[] tags) => [.. tags.Order(StringComparer.OrdinalIgnoreCase)];

    private static void WriteTags(Utf8JsonWriter writer, string name, string[] tags)
    {
        writer.WriteStartObject();
        writer.WriteTexts(name, tags);
        writer.WriteEndObject();
    }

    private static string Word(JsonElement tag, string name) =>
        tag.ValueKind == JsonValueKind.Object && tag.TryGetProperty(name, out JsonElement word) && word.ValueKind == JsonValueKind.String ? word.GetString()! : "";
}
