using System.Text.Json.Nodes;

namespace Syncline.Connectors.Tests.Lemlist;

/// <summary>The calls that change something.</summary>
internal sealed partial class FakeLemlist
{
    private int _lastLead;

    /// <summary>Custom fields that the team has registered.</summary>
    public List<string> CustomFields { get; } = [];

    public int LoseAnswers { get; set; }

    public int Failures { get; set; }

    public int Throttles { get; set; }

    public IEnumerable<LemlistCall> Writes => Calls.Where(c => c.Method != "GET");

    public IEnumerable<JsonObject> LeadsOf(string campaign) =>
        Contacts.SelectMany(c => c["campaigns"]!.AsArray()).OfType<JsonObject>().Where(l => (string?)l["campaignId"] == campaign);

    private (int, string) Write(LemlistCall call)
    {
        string[] path = call.Path.Split('/');
        return (call.Method, path) switch
        {
            ("POST", ["contacts"]) => Upsert(call.Body!),
            ("DELETE", ["contacts", var id]) => Contacts.RemoveAll(c => (string?)c["_id"] == id) > 0 ? (200, $$"""{"success":true,"deletedContactId":"{{id}}"}""") : (404, """{"success":false,"error":{"code":"CONTACT_NOT_FOUND","message":"Contact not found"}}"""),
            ("POST", ["campaigns", var campaign, "leads", ""]) => AddLead(campaign, call),
            ("PATCH", ["campaigns", var campaign, "leads", var lead]) => ChangeLead(campaign, lead, call.Body!),
            ("DELETE", ["campaigns", var campaign, "leads", var lead]) => RemoveLead(campaign, lead, call["action"]),
            ("POST", ["v2", "unsubscribes", "contacts", var id]) => Unsubscribe(id),
            _ => (404, "<html>not a route</html>"),
        };
    }

    private (int, string) Upsert(JsonObject body)
    {
        string? given = (string?)body["contactId"];
        JsonObject? contact = given is null ? Same(body) : Contacts.FirstOrDefault(c => (string?)c["_id"] == given);
        if (given is not null && contact is null) return (400, """{"success":false,"error":{"code":"CONTACT_NOT_FOUND_BY_ID","message":"No contact with that id"}}""");
        if ((string?)body["email"] is { } address && !address.Contains('@', StringComparison.Ordinal)) return (400, """{"success":false,"error":{"code":"INVALID_EMAIL","message":"Invalid email"}}""");
        bool isNew = contact is null;
        contact ??= Contact(AddContact((string?)body["email"]));
        if ((string?)body["email"] is { } email) contact["email"] = email;
        foreach ((string name, JsonNode? value) in body.Where(p => p.Key is not ("contactId" or "email"))) contact["fields"]![name] = value!.DeepClone();
        JsonObject data = contact.DeepClone().AsObject();
        (data["created"], data["emails"]) = (isNew, new JsonArray(new JsonObject { ["value"] = (string?)contact["email"] }));
        return (isNew ? 201 : 200, new JsonObject { ["success"] = true, ["data"] = data }.ToJsonString());
    }

    private JsonObject? Same(JsonObject body) => Contacts.FirstOrDefault(c =>
        (body["email"] is { } email && (string?)c["email"] == (string?)email) || (body["linkedinUrl"] is { } profile && (string?)c["fields"]!["linkedinUrl"] == (string?)profile));

    private (int, string) AddLead(string campaign, LemlistCall call)
    {
        if (Campaigns.All(c => (string?)c["_id"] != campaign)) return (404, "Campaign not found");
        string[] costly = ["linkedinEnrichment", "findEmail", "verifyEmail", "findPhone"];
        Assert.DoesNotContain(call.Query.Keys, costly.Contains);
        JsonObject contact = Same(call.Body!) ?? Contact(AddContact((string?)call.Body!["email"]));
        if (call["deduplicate"] == "true" && contact["campaigns"]!.AsArray().Any(c => (string?)c!["campaignId"] != campaign)) return (400, "Lead already in another campaign");
        string id = $"lea_{++_lastLead:00000000000000000}";
        contact["campaigns"]!.AsArray().Add(new JsonObject { ["campaignId"] = campaign, ["leadId"] = id, ["leadState"] = "review" });
        if (call.Body!["companyName"] is { } company) contact["fields"]!["companyName"] = company.DeepClone();
        return (200, new JsonObject { ["_id"] = id, ["campaignId"] = campaign, ["contactId"] = (string?)contact["_id"] }.ToJsonString());
    }

    private (int, string) ChangeLead(string campaign, string lead, JsonObject changes)
    {
        if (ContactWith(campaign, lead) is not { } contact) return (404, "Lead not found");
        if ((bool)contact["unsubscribed"]!) return (500, "Lead in graveyard");
        foreach ((string name, JsonNode? value) in changes) contact["fields"]![name] = value!.DeepClone();
        return (200, new JsonObject { ["_id"] = lead }.ToJsonString());
    }

    private (int, string) RemoveLead(string campaign, string lead, string? action)
    {
        if (ContactWith(campaign, lead) is not { } contact) return (404, "Lead not found");
        if (action != "remove") contact["unsubscribed"] = true;
        else contact["campaigns"]!.AsArray().Remove(contact["campaigns"]!.AsArray().Single(l => (string?)l!["leadId"] == lead));
        return (200, new JsonObject { ["_id"] = lead }.ToJsonString());
    }

    private (int, string) Unsubscribe(string id)
    {
        if (Contacts.FirstOrDefault(c => (string?)c["_id"] == id) is not { } contact) return (400, "Bad contact identifier");
        contact["unsubscribed"] = true;
        return (200, "\"Contact subscription updated\"");
    }

    private JsonObject? ContactWith(string campaign, string lead) =>
        Contacts.FirstOrDefault(c => c["campaigns"]!.AsArray().Any(l => (string?)l!["campaignId"] == campaign && (string?)l["leadId"] == lead));
}
