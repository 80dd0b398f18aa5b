using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Campaigns;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Hooks;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Office;

/// <summary>The team, its senders, credits, users and the fields of its contacts.</summary>
internal sealed class TeamEndpoints(LemlistTeam team, HookBoard board)
{
    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("GET", "/team", Team),
        new("GET", "/team/senders", Senders),
        new("GET", "/team/credits", _ => LemlistAnswers.Json(Credits())),
        new("GET", "/users/{id}", call => LemlistAnswers.Json(User(team.FindUser(call[0]) ?? throw Refuse.NotFound("User")))),
        new("GET", "/fields", Fields),
        new("GET", "/tasks", Tasks),
    ];

    // Hooks and where they go are shown to every key of the team; their secrets are not.
    private SandboxResponse Team(LemlistCall call)
    {
        JsonObject shown = new()
        {
            ["_id"] = team.Id,
            ["name"] = "Sandbox team",
            ["userIds"] = JsonText.Array(team.Users.Select(u => u.Id)),
            ["createdBy"] = team.Users[0].Id,
            ["createdAt"] = WireTime.Write(team.CreatedAt),
            ["hooks"] = JsonText.Array(board.Subscriptions.Select(s => (JsonNode?)s.Json())),
        };
        if (call.One("version") == "v2")
        {
            shown["users"] = JsonText.Array(team.Users.Select(u => (JsonNode?)new JsonObject { ["userId"] = u.Id, ["name"] = u.Name, ["email"] = u.Email, ["role"] = u.Role }));
        }
        return LemlistAnswers.Json(shown);
    }

    private SandboxResponse Senders(LemlistCall call)
    {
        string? state = call.One("state");
        if (state is not null && !Campaign.Statuses.Contains(state)) throw Refuse.Bad("invalid state parameter");
        return LemlistAnswers.Rows(team.Users.Select(u => (JsonNode?)new JsonObject
        {
            ["userId"] = u.Id,
            ["campaigns"] = JsonText.Array(team.Campaigns.Where(c => c.Owner == u && (state is null || c.Status == state)).Select(c => (JsonNode?)new JsonObject
            {
                ["_id"] = c.Id, ["name"] = c.Name, ["status"] = c.Status, ["sendingChannels"] = JsonText.Array(c.Steps.Select(s => s.Type).Distinct()),
            })),
        }));
    }

    private JsonObject Credits() => new()
    {
        ["credits"] = team.Credits,
        ["details"] = new JsonObject
        {
            ["remaining"] = new JsonObject { ["total"] = team.Credits, ["freemium"] = 0, ["subscription"] = team.Credits, ["gifted"] = 0, ["paid"] = 0 },
        },
    };

    private static JsonObject User(LemlistUser u) => new()
    {
        ["_id"] = u.Id,
        ["email"] = u.Email,
        ["role"] = u.Role,
        ["linkedIn"] = new JsonObject { ["linkedinUrl"] = $"https://www.linkedin.com/in/{u.Name.ToLowerInvariant().Replace(' ', '-')}", ["status"] = true, ["inviteLimit"] = 25, ["sendLimit"] = 30, ["visitLimit"] = 30 },
        ["mailboxes"] = JsonText.Array([new JsonObject
        {
            ["_id"] = u.MailboxId, ["email"] = u.Email, ["provider"] = "google", ["status"] = "CONNECTED", ["lemlist"] = new JsonObject { ["emailLimit"] = 50 }, ["lemwarm"] = new JsonObject { ["active"] = false },
        }]),
    };

    private SandboxResponse Fields(LemlistCall call)
    {
        string? entity = call.One("entity"), source = call.One("source");
        if (entity is not (null or "contact" or "company")) throw Refuse.Fields(400, "Invalid entity parameter. Must be one of: contact, company");
        if (source is not (null or "default" or "custom" or "crm_synced")) throw Refuse.Fields(400, "Invalid source parameter. Must be one of: default, custom, crm_synced");
        JsonObject data = [];
        if (entity is not "company") data["contact"] = Listed(Lead.Standard, team.Contacts.All.SelectMany(c => c.Fields.Keys), source);
        if (entity is not "contact") data["company"] = Listed(["name", "linkedinUrl", "industry"], team.Companies.SelectMany(c => c.Fields.Keys), source);
        return LemlistAnswers.Json(new JsonObject { ["success"] = true, ["data"] = data });
    }

    private static JsonArray Listed(string[] standard, IEnumerable<string> met, string? source) => JsonText.Array(
        standard.Select(n => (Name: n, Source: "default")).Concat(met.Distinct().Except(standard).Select(n => (Name: n, Source: "custom")))
            .Where(f => source is null || f.Source == source)
            .Select(f => (JsonNode?)new JsonObject { ["name"] = f.Name, ["label"] = f.Name, ["type"] = f.Name == "phone" ? "phone" : "text", ["source"] = f.Source }));

    // People of the sandbox have nothing to do: the page counts from 0 and is told as a text.
    private static SandboxResponse Tasks(LemlistCall call) =>
        LemlistAnswers.Json(new JsonObject { ["results"] = new JsonArray(), ["page"] = call.One("page") ?? "0" });
}
