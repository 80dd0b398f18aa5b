using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Attio;

/// <summary>Workspaces as users have them before a first sync.</summary>
public static class AttioWorkspaces
{
    private const string Messages = "linkedin_messages";

    /// <summary>Nothing beside people and companies.</summary>
    public static AttioSimulator Bare(AttioSimulator simulator) => simulator;

    /// <summary>All that a LinkedIn sync writes is there: the messages object, its relationship with people, the options, the extra columns.</summary>
    public static AttioSimulator LinkedInReady(AttioSimulator simulator)
    {
        AddMessages(simulator);
        JsonObject person = Reference("person", "Person", isMulti: false, "people");
        person["relationship"] = new JsonObject { ["object"] = "people", ["title"] = "LinkedIn messages", ["api_slug"] = Messages, ["is_multiselect"] = true };
        simulator.DefineAttribute(Messages, person);
        foreach (string direction in (string[])["Inbound", "Outbound"]) simulator.DefineOption(Messages, "direction", direction);
        AddPeopleColumns(simulator);
        simulator.DefineAttribute("people", Column("syncline_id", "text"));
        simulator.DefineAttribute("companies", Column("syncline_id", "text"));
        return simulator;
    }

    /// <summary>The half-finished set-up: directions without options, two references that know nothing of each other, no column for our id.</summary>
    public static AttioSimulator LinkedInAsFound(AttioSimulator simulator)
    {
        AddMessages(simulator);
        simulator.DefineAttribute(Messages, Reference("person", "Person", isMulti: false, "people"));
        simulator.DefineAttribute("people", Reference(Messages, "LinkedIn messages", isMulti: true, Messages));
        AddPeopleColumns(simulator);
        return simulator;
    }

    private static void AddMessages(AttioSimulator simulator)
    {
        simulator.DefineObject(Messages, "LinkedIn message", "LinkedIn messages");
        simulator.DefineAttribute(Messages, Column("sent_at", "timestamp"));
        simulator.DefineAttribute(Messages, Column("direction", "select"));
        foreach (string slug in (string[])["body", "channel", "conversation_id", "campaign"]) simulator.DefineAttribute(Messages, Column(slug, "text"));
        JsonObject uid = Column("message_uid", "text");
        uid["is_unique"] = true;
        simulator.DefineAttribute(Messages, uid);
    }

    private static void AddPeopleColumns(AttioSimulator simulator)
    {
        foreach (string slug in (string[])["linkedin_url_6", "company_name", "heyreach_lead_id"]) simulator.DefineAttribute("people", Column(slug, "text"));
        foreach (string slug in (string[])["last_reply_at", "last_contacted_at"]) simulator.DefineAttribute("people", Column(slug, "timestamp"));
    }

    private static JsonObject Column(string slug, string type) => new() { ["api_slug"] = slug, ["title"] = slug.Replace('_', ' '), ["type"] = type };

    private static JsonObject Reference(string slug, string title, bool isMulti, string target) => new()
    {
        ["api_slug"] = slug,
        ["title"] = title,
        ["type"] = "record-reference",
        ["is_multiselect"] = isMulti,
        ["config"] = new JsonObject { ["record_reference"] = new JsonObject { ["allowed_objects"] = new JsonArray(target) } },
    };
}
