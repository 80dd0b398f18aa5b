using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Activities;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Inboxes;

/// <summary>The inbox: one row per contact and user, the messages of a contact, and messages written by hand.</summary>
internal sealed class InboxEndpoints(LemlistTeam team, ActivityJson json)
{
    private const int MostRows = 100, PerPage = 10;

    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("GET", "/inbox", List),
        new("GET", "/inbox/{contact}", Messages),
        new("POST", "/inbox/email", call => Write(call, "emailsSent")),
        new("POST", "/inbox/linkedin", call => Write(call, "linkedinSent")),
        new("POST", "/inbox/whatsapp", call => Write(call, "whatsappMessageSent")),
    ];

    private SandboxResponse List(LemlistCall call)
    {
        LemlistUser user = team.FindUser(call.One("userId") ?? throw Refuse.Text(400, "User ID is required")) ?? throw Refuse.Text(400, "User not in team");
        int limit = call.Limit(MostRows, PerPage), page = call.Whole("page", 1, least: 1);
        InboxRow[] rows = [.. team.Inbox.OfUser(user.Id).OrderByDescending(r => r.LastActivityAt).ThenBy(r => r.Id, StringComparer.Ordinal)];
        return Paged(rows.Skip((page - 1) * limit).Take(limit).Select(Row), rows.Length, page, limit);
    }

    private SandboxResponse Messages(LemlistCall call)
    {
        IEnumerable<InboxRow> rows = team.Inbox.OfContact(call[0]);
        if (call.One("userId") is { } user) rows = rows.Where(r => r.UserId == user);
        if (call.IsTrue("markAsRead")) MarkAsRead(rows);
        int limit = call.Limit(MostRows, PerPage), skip = call.Whole("skip", 0);
        Activity[] messages = [.. rows.SelectMany(r => r.Messages).OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Number)];
        return Paged(messages.Skip(skip).Take(limit).Select(json.InInbox), messages.Length, (skip / limit) + 1, limit);
    }

    private void MarkAsRead(IEnumerable<InboxRow> rows)
    {
        team.Inbox.MarkedAsRead++;
        foreach (InboxRow row in rows) row.IsRead = true;
    }

    private JsonObject Row(InboxRow row)
    {
        Contact contact = row.Contact;
        JsonObject person = new() { ["_id"] = contact.Id, ["fullName"] = contact.FullName };
        if (contact.Email is not null) person["email"] = contact.Email;
        JsonObject shown = new()
        {
            ["_id"] = row.Id,
            ["teamId"] = team.Id,
            ["contactId"] = contact.Id,
            ["channels"] = JsonText.Array(row.Messages.Select(Channel).Distinct()),
            ["createdAt"] = WireTime.Write(row.Messages[0].SeenAt),
            ["createdBy"] = row.Messages[0].Id,
            ["lastActivityAt"] = WireTime.Write(row.LastActivityAt),
            ["haveReplies"] = row.LastReply is not null,
            ["users"] = JsonText.Array([new JsonObject { ["userId"] = row.UserId, ["sender"] = true, ["read"] = row.IsRead }]),
            ["opportunities"] = new JsonArray(),
            ["contact"] = person,
        };
        if (row.LastReply is { } reply) (shown["lastRepliedAt"], shown["lastRepliedChannel"]) = (WireTime.Write(reply.SeenAt), Channel(reply));
        return shown;
    }

    private static string Channel(Activity a) => a.Type switch
    {
        _ when a.Type.StartsWith("emails", StringComparison.Ordinal) => "email",
        _ when a.Type.StartsWith("linkedin", StringComparison.Ordinal) => "linkedin",
        _ when a.Type.StartsWith("whatsapp", StringComparison.Ordinal) => "whatsapp",
        _ => "sms",
    };

    // Written by hand: no hook tells of it.
    private SandboxResponse Write(LemlistCall call, string type)
    {
        JsonObject body = call.Body();
        LemlistUser sender = team.FindUser(Needed(body, "sendUserId")) ?? throw Refuse.Text(400, "User not in team");
        string message = Needed(body, "message");
        Lead? lead = body["leadId"].Str() is { } id ? team.Leads.Find(id) ?? throw Refuse.NotFound("Lead") : null;
        Contact contact = lead?.Contact ?? team.Contacts.Find(body["contactId"].Str() ?? throw Refuse.Bad("contactId or leadId is required")) ?? throw Refuse.Text(400, "Bad contact identifier");
        bool isMail = type == "emailsSent";
        team.Record(new(team.Ids.Next("act"), type, team.Now)
        {
            Lead = lead, Contact = contact, UserId = call.User.Id, UserName = "api", Sender = sender, Subject = body["subject"].Str(), Text = isMail ? null : message, Html = isMail ? message : null,
        }, quietly: true);
        JsonObject answer = new() { ["ok"] = true };
        if (isMail) answer["contactId"] = contact.Id;
        return LemlistAnswers.Json(answer);
    }

    private static string Needed(JsonObject body, string name) => body[name].Str() is { Length: > 0 } text ? text : throw Refuse.Bad($"{name} is required");

    private static SandboxResponse Paged(IEnumerable<JsonNode> rows, int total, int page, int perPage) =>
        LemlistAnswers.Json(new JsonObject { ["data"] = JsonText.Array(rows), ["pagination"] = LemlistAnswers.Pagination(total, page, perPage) });
}
