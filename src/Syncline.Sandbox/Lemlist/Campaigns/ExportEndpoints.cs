using System.Text.Json.Nodes;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Campaigns;

/// <summary>Exports of a campaign's activities: a GET starts one, each time anew; its state is asked for until it is done.</summary>
/// <param name="baseUrl">What the address of a finished file begins with.</param>
internal sealed class ExportEndpoints(LemlistTeam team, Func<string> baseUrl)
{
    private readonly List<Export> _exports = [];

    public int Started => _exports.Count;

    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("GET", "/campaigns/{id}/export/start", Start),
        new("GET", "/campaigns/{id}/export/{export}/status", Status),
        new("GET", "/files/exports/{file}", Download),
    ];

    private SandboxResponse Start(LemlistCall call)
    {
        Export export = new(team.Ids.Next("axp"), team.Campaign(call[0]), team.Now);
        _exports.Add(export);
        return LemlistAnswers.Json(Shown(export, "pending"));
    }

    private SandboxResponse Status(LemlistCall call)
    {
        if (team.FindCampaign(call[0]) is null) return LemlistAnswers.Json(JsonValue.Create("Campaign not found"), 404);
        if (_exports.Find(e => e.Id == call[1] && e.Campaign.Id == call[0]) is not { } export)
        {
            return LemlistAnswers.Json(new JsonObject { ["ok"] = false, ["message"] = $"Export with id {call[1]} not found" }, 404);
        }
        bool isOver = export.Polls++ >= team.Behaviour.ExportPolls;
        string status = !isOver ? "pending" : team.Behaviour.ExportFails ? "error" : "done";
        return LemlistAnswers.Json(new JsonObject { ["ok"] = true, ["status"] = Shown(export, status) });
    }

    private SandboxResponse Download(LemlistCall call)
    {
        Export export = _exports.Find(e => call[0] == FileOf(e)) ?? throw Refuse.NotFound("File");
        return LemlistAnswers.Csv(Csvs.Sheet("_id,type,createdAt,leadId,leadEmail", team.Feed.All.Where(a => a.Lead?.Campaign == export.Campaign)
            .Select(a => new[] { a.Id, a.Type, WireTime.Write(a.CreatedAt), a.Lead!.Id, a.Lead.Email ?? "" })));
    }

    private JsonObject Shown(Export e, string status)
    {
        bool isPending = status == "pending";
        JsonObject shown = new()
        {
            ["_id"] = e.Id, ["id"] = e.Id, ["teamId"] = team.Id, ["campaignId"] = e.Campaign.Id, ["campaignName"] = e.Campaign.Name, ["status"] = status,
            ["startedAt"] = WireTime.Write(e.StartedAt), ["progressIndex"] = e.Polls, ["progressTime"] = team.Now.ToUnixTimeMilliseconds(), ["progressLastStepDuration"] = 0,
            ["progressType"] = !isPending ? status : e.Polls == 0 ? "starting" : "processing", ["progress"] = 0, ["total"] = 0,
        };
        if (!isPending) shown["endedAt"] = WireTime.Write(team.Now);
        if (status == "done") shown["url"] = $"{baseUrl()}/files/exports/{FileOf(e)}";
        return shown;
    }

    private static string FileOf(Export e) => $"fil_{e.Id}.csv";

    private sealed class Export(string id, Campaign campaign, DateTimeOffset startedAt)
    {
        public string Id => id;
        public Campaign Campaign => campaign;
        public DateTimeOffset StartedAt => startedAt;
        public int Polls { get; set; }
    }
}
