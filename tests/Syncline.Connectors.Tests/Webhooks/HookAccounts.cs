using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Connectors.Tests.Conforming;
using Syncline.Connectors.Tests.HeyReach;
using Syncline.Sandbox;
using Syncline.Sandbox.Attio;
using Syncline.Sandbox.Lemlist;
using Syncline.Sandbox.Quo;

namespace Syncline.Connectors.Tests.Webhooks;

/// <summary>An account at a provider whose webhooks a person may change as well.</summary>
internal abstract class HookAccount
{
    public static readonly Uri Address = new("https://sync.example.com/webhooks/crm");

    /// <summary>As after a restart.</summary>
    public abstract Connection Open();

    /// <summary>Makes a webhook with all the events that ours have, in as many as that takes.</summary>
    public abstract void Add(string url);

    /// <summary>Makes one that tells too little.</summary>
    public abstract void AddTooSmall(string url);

    /// <summary>The address and the events of each, in order.</summary>
    public abstract IReadOnlyList<string> Hooks { get; }

    public abstract IReadOnlyList<string> Ids { get; }

    /// <summary>How many calls were made that change something.</summary>
    public abstract int Writes { get; }

    /// <summary>So many changes from now on take effect and are not answered.</summary>
    public abstract void LoseAnswers(int count);

    /// <summary>The address as one of ours has it.</summary>
    public virtual string Own => Address.AbsoluteUri;
}

internal abstract class SimulatedHooks<T>(SandboxConnection<T> sandbox, string path) : HookAccount where T : ISimulator
{
    public SandboxConnection<T> Sandbox => sandbox;

    public override Connection Open() => sandbox.Open();

    public override int Writes => sandbox.Gate.Ledger.Entries.Count(e => e.Request.Method != "GET");

    public override void LoseAnswers(int count) => sandbox.Faults.LostAnswers = count;

    public override IReadOnlyList<string> Hooks => [.. Listed.Select(Show).Order(StringComparer.Ordinal)];

    public override IReadOnlyList<string> Ids => [.. Listed.Select(IdOf)];

    protected abstract Dictionary<string, string> Headers { get; }

    protected abstract string Show(JsonNode hook);

    protected abstract string IdOf(JsonNode hook);

    protected void Post(string body, string query = "") => Send("POST", body, query);

    /// <summary>As slowly as a person does it: below every limit.</summary>
    private JsonNode Send(string method, string body = "", string query = "")
    {
        sandbox.Clock.Pass(TimeSpan.FromSeconds(1));
        SandboxResponse answer = sandbox.Simulator.Handle(new(method, path, query, new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase), body));
        Assert.True(answer.Status is 200 or 201, answer.Body);
        return JsonNode.Parse(answer.Body)!;
    }

    private IEnumerable<JsonNode> Listed => RowsOf(Send("GET", query: PageQuery)).OfType<JsonNode>();

    private static JsonArray RowsOf(JsonNode answer) => answer as JsonArray ?? answer["data"]!.AsArray();

    protected virtual string PageQuery => "";
}

internal sealed class AttioHooks() : SimulatedHooks<AttioSimulator>(SandboxConnections.Attio(AttioWorkspaces.LinkedInReady), "/v2/webhooks")
{
    protected override Dictionary<string, string> Headers => new() { ["Authorization"] = $"Bearer {new string('a', 64)}" };

    protected override string PageQuery => "limit=100";

    // The same address, event and filter are refused a second time.
    public override void Add(string url) => Subscribe(url, Connectors.Attio.AttioHookBoard.Events, "null");

    public override void AddTooSmall(string url) => Subscribe(url, ["record.created"], "null");

    public void AddFiltered(string url) => Subscribe(url, Connectors.Attio.AttioHookBoard.Events, """{"$and":[{"field":"actor.type","operator":"equals","value":"system"}]}""");

    protected override string Show(JsonNode hook) => $"{hook["target_url"]} {string.Join(' ', hook["subscriptions"]!.AsArray().Select(s => (string)s!["event_type"]!))}";

    protected override string IdOf(JsonNode hook) => (string)hook["id"]!["webhook_id"]!;

    private void Subscribe(string url, IEnumerable<string> events, string filter) =>
        Post($$$"""{"data":{"target_url":"{{{url}}}","subscriptions":[{{{string.Join(',', events.Select(e => $$$"""{"event_type":"{{{e}}}","filter":{{{filter}}}}"""))}}}]}}""");
}

internal sealed class QuoAccount() : SimulatedHooks<QuoSimulator>(QuoSandbox.New(), "/webhooks")
{
    protected override Dictionary<string, string> Headers => new() { ["Authorization"] = QuoSandbox.Key, ["Quo-Api-Version"] = "2026-03-30" };

    public override void Add(string url) => Post($$"""{"url":"{{url}}","events":["contact.updated","contact.deleted"]}""");

    public override void AddTooSmall(string url) => Post($$"""{"url":"{{url}}","events":["contact.updated"]}""");

    public void AddDisabled(string url) => Post($$"""{"url":"{{url}}","events":["contact.updated","contact.deleted"],"status":"disabled"}""");

    protected override string Show(JsonNode hook) => $"{hook["url"]} {string.Join(' ', hook["events"]!.AsArray().Select(e => (string)e!))}";

    protected override string IdOf(JsonNode hook) => (string)hook["id"]!;
}

internal sealed class LemlistHooks() : SimulatedHooks<LemlistSimulator>(LemlistSandbox.New(), "/api/hooks")
{
    protected override Dictionary<string, string> Headers => new() { ["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + LemlistSandbox.Key)) };

    public override void Add(string url)
    {
        foreach (string type in Connectors.Lemlist.LemlistHookBoard.Events) Post($$"""{"targetUrl":"{{url}}","type":"{{type}}","secret":"s"}""");
    }

    public override void AddTooSmall(string url) => Post($$"""{"targetUrl":"{{url}}","type":"emailsReplied"}""", "isFirst=true");

    public void AddForAll(string url) => Post($$"""{"targetUrl":"{{url}}"}""");

    protected override string Show(JsonNode hook) => $"{hook["targetUrl"]} {hook["type"]}";

    protected override string IdOf(JsonNode hook) => (string)hook["_id"]!;
}

/// <summary>HeyReach's webhooks, as far as they are documented: one type each, doubles allowed.</summary>
/// <param name="tellsId">Whether the making of one is answered with its id, or with an empty body.</param>
internal sealed class HeyReachHooks : HookAccount
{
    private readonly List<JsonObject> _hooks = [];
    private readonly bool _tellsId;
    private int _last, _lost;

    public HeyReachHooks(bool tellsId)
    {
        _tellsId = tellsId;
        Http = new(Answer);
    }

    public FakeHeyReach Http { get; }

    /// <summary>Made and not listed.</summary>
    public bool IsBehind { get; set; }

    public override string Own => $"{Address}/{new string('a', 64)}";

    public override IReadOnlyList<string> Hooks => [.. _hooks.Select(h => $"{h["webhookUrl"]} {h["eventType"]}").Order(StringComparer.Ordinal)];

    public override IReadOnlyList<string> Ids => [.. _hooks.Select(h => $"{h["id"]}")];

    public override int Writes => Http.Calls.Count(c => !c.Path.EndsWith("GetAllWebhooks", StringComparison.Ordinal));

    public override Connection Open() => Http.Open();

    public override void LoseAnswers(int count) => _lost = count;

    public override void Add(string url) => Add(url, "[]", "true");

    public override void AddTooSmall(string url) => Add(url, "[7]", "true");

    public void AddSwitchedOff(string url) => Add(url, "[]", "false");

    public JsonObject Last => _hooks[^1];

    private void Add(string url, string campaigns, string active) =>
        _hooks.Add(JsonNode.Parse($$"""{"id":{{++_last}},"webhookName":"By hand","webhookUrl":"{{url}}","eventType":"EVERY_MESSAGE_REPLY_RECEIVED","campaignIds":{{campaigns}},"isActive":{{active}}}""")!.AsObject());

    private (int, string) Answer(SentCall call)
    {
        (int, string) answer = call switch
        {
            { Method: "POST", Path: "webhooks/GetAllWebhooks" } => (200, new JsonObject { ["totalCount"] = _hooks.Count, ["items"] = new JsonArray([.. (IsBehind ? [] : _hooks).Select(h => h.DeepClone())]) }.ToJsonString()),
            { Method: "POST", Path: "webhooks/CreateWebhook" } => (200, Create(JsonNode.Parse(call.Body)!.AsObject())),
            { Method: "DELETE" } when call.Path.Split("webhookId=") is [_, var id] => (_hooks.RemoveAll(h => $"{h["id"]}" == id) > 0 ? 200 : 404, ""),
            _ => (405, ""),
        };
        if (Writes == 0 || call.Path.EndsWith("GetAllWebhooks", StringComparison.Ordinal) || _lost == 0) return answer;
        _lost--;
        throw new HttpRequestException("reset");
    }

    private string Create(JsonObject hook)
    {
        Assert.InRange(((string)hook["webhookName"]!).Length, 3, 25);
        hook["id"] = ++_last;
        hook["isActive"] = true;
        _hooks.Add(hook);
        return _tellsId ? $$"""{"webhookId":{{_last}}}""" : "";
    }
}
