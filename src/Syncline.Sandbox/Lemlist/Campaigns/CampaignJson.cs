using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Campaigns;

/// <summary>Campaigns on the wire.</summary>
internal static class CampaignJson
{
    public static JsonObject Row(Campaign c, LemlistTeam team) => new()
    {
        ["_id"] = c.Id,
        ["name"] = c.Name,
        ["labels"] = new JsonArray(),
        ["createdAt"] = WireTime.Write(c.CreatedAt),
        ["createdBy"] = c.Owner.Id,
        ["status"] = c.Status,
        ["sequenceId"] = c.SequenceId,
        ["teamId"] = team.Id,
        ["timezone"] = "Europe/Paris",
        ["hasError"] = c.Status == "errors",
        ["errors"] = c.Status == "errors" ? JsonText.Array(["Your campaign does not have sender."]) : new JsonArray(),
    };

    public static JsonObject One(Campaign c) => new()
    {
        ["_id"] = c.Id,
        ["name"] = c.Name,
        ["createdAt"] = WireTime.Write(c.CreatedAt),
        ["status"] = c.Status,
        ["creator"] = new JsonObject { ["userId"] = c.Owner.Id, ["userEmail"] = c.Owner.Email },
        ["senders"] = JsonText.Array([new JsonObject { ["id"] = c.Owner.Id, ["email"] = c.Owner.Email, ["sendUserMailboxId"] = c.Owner.MailboxId }]),
    };

    public static JsonObject Sequences(Campaign c) => new()
    {
        [c.SequenceId] = new JsonObject { ["_id"] = c.SequenceId, ["level"] = 0, ["steps"] = JsonText.Array(c.Steps.Select(s => Step(s, c))) },
    };

    private static JsonObject Step(CampaignStep s, Campaign c)
    {
        JsonObject step = new()
        {
            ["_id"] = s.Id, ["delay"] = s.DelayDays, ["emailTemplateId"] = s.TemplateId, ["type"] = s.Type, ["index"] = s.Index + 1, ["sequenceId"] = c.SequenceId, ["sequenceStep"] = s.Index,
        };
        if (s.Type == "email") step["subject"] = $"{{{{firstName}}}}, a question ({s.Index + 1})";
        if (s.Type != "linkedinInvite") step["message"] = "Hello {{firstName}}, may I ask you something?";
        return step;
    }
}
