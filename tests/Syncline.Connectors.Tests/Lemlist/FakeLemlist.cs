using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Syncline.Conformance.Sources;
using Syncline.Connectors.Lemlist;
using Syncline.Extraction;
using Syncline.Limits;

namespace Syncline.Connectors.Tests.Lemlist;

/// <summary>A call as it came. The path is without the base, its query apart.</summary>
internal sealed record LemlistCall(string Method, string Path, IReadOnlyDictionary<string, string> Query, JsonObject? Body, string? Authorization)
{
    public string? this[string name] => Query.GetValueOrDefault(name);

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>A small team at Lemlist, and scripted answers before it. It knows only as much as these tests need.</summary>
internal sealed partial class FakeLemlist : HttpMessageHandler
{
    public const string Root = "https://lemlist.example.com/api/";
    public const string Key = "key-of-the-test";

    private readonly List<(Func<LemlistCall, bool> When, int Status, string Body)> _scripted = [];

    public QuickClock Clock { get; } = new(new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero));

    public Dictionary<string, string> Settings { get; } = new() { ["api_key"] = Key, ["base_url"] = Root };

    public List<LemlistCall> Calls { get; } = [];

    public List<JsonObject> Contacts { get; } = [];

    public List<JsonObject> Companies { get; } = [];

    public List<JsonObject> Activities { get; } = [];

    public List<JsonObject> Campaigns { get; } = [];

    /// <summary>Runs before each call is answered.</summary>
    public Action<LemlistCall>? Meanwhile { get; set; }

    public bool IsOldestFirst { get; set; }

    /// <summary>As deep as an offset into the feed may go.</summary>
    public int DeepestOffset { get; set; } = int.MaxValue;

    public Connection Open() => new LemlistProvider().Open(
        new("lemlist", name => Settings.GetValueOrDefault(name)),
        new(new HttpMessageInvoker(this), Clock, new Governor(Clock, new LocalRateLedger()), Priority.Manual) { Budgets = [] });

    public ISource Source(string stream) => Open().Sources.Single(s => s.Stream.Id.Name == stream);

    public ISource Feed => Source("activities");

    public Task<IReadOnlyList<Page>> ReadAsync(CommittedPages committed, string stream = "activities", bool isFull = false) =>
        committed.RunAsync(Source(stream), TestContext.Current.CancellationToken, committed.Request() with { IsFull = isFull });

    public void Answer(string pathStart, int status, string body) => _scripted.Add((c => c.Path.StartsWith(pathStart, StringComparison.Ordinal), status, body));

    public void Answer(Func<LemlistCall, bool> when, int status, string body) => _scripted.Add((when, status, body));

    public string AddContact(string? email, string json = "{}", string fields = "{}")
    {
        string id = $"ctc_{Contacts.Count:00000000000000000}";
        JsonObject contact = JsonNode.Parse(json)!.AsObject();
        contact["_id"] = id;
        if (email is not null) contact["email"] = email;
        contact["fields"] = JsonNode.Parse(fields);
        contact["campaigns"] ??= new JsonArray();
        contact["unsubscribed"] ??= false;
        Contacts.Add(contact);
        return id;
    }

    public string AddCampaign(string name, string status = "running")
    {
        string id = $"cam_{Campaigns.Count:00000000000000000}";
        Campaigns.Add(new() { ["_id"] = id, ["name"] = name, ["status"] = status });
        return id;
    }

    public JsonObject AddActivity(string type, string? contactId, string json = "{}", DateTimeOffset? at = null)
    {
        JsonObject activity = JsonNode.Parse(json)!.AsObject();
        activity["_id"] ??= $"act_{Activities.Count:00000000000000000}";
        activity["type"] = type;
        activity["createdAt"] = Time(at ?? Clock.GetUtcNow());
        if (contactId is not null) activity["contactId"] = contactId;
        Activities.Add(activity);
        return activity;
    }

    public JsonObject Contact(string id) => Contacts.Single(c => (string?)c["_id"] == id);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        string[] address = request.RequestUri!.AbsoluteUri[Root.Length..].Split('?', 2);
        System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(address.Length > 1 ? address[1] : "");
        LemlistCall call = new(
            request.Method.Method,
            Uri.UnescapeDataString(address[0]),
            query.AllKeys.OfType<string>().ToDictionary(k => k, k => query[k]!),
            body.Length == 0 ? null : JsonNode.Parse(body)!.AsObject(),
            request.Headers.Authorization?.ToString());
        Calls.Add(call);
        Meanwhile?.Invoke(call);
        if (Throttles > 0 && Throttles-- > 0) return Refused();
        if (Failures > 0 && Failures-- > 0) return new(HttpStatusCode.InternalServerError);
        (int status, string text) = _scripted.FirstOrDefault(s => s.When(call)) is { When: not null } scripted ? (scripted.Status, scripted.Body) : AnswerOf(call);
        if (call.Method != "GET" && LoseAnswers > 0 && LoseAnswers-- > 0) throw new HttpRequestException("the connection was reset");
        return new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
    }

    // The time stands in the form that no parser of dates takes.
    private static HttpResponseMessage Refused()
    {
        HttpResponseMessage response = new(HttpStatusCode.TooManyRequests);
        response.Headers.Add("Retry-After", "2");
        response.Headers.Add("X-RateLimit-Reset", "Tue Feb 16 2021 09:02:42 GMT+0100 (Central European Standard Time)");
        return response;
    }

    private (int, string) AnswerOf(LemlistCall call)
    {
        string expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + Key));
        if (call.Authorization != expected && call["access_token"] != Key) return (401, "The authentication you supplied is incorrect");
        return call.Method == "GET" ? Read(call) : Write(call);
    }

    private (int, string) Read(LemlistCall call) => call.Path switch
    {
        "team" => (200, """{"_id":"tea_1","name":"Example team","users":[{"userId":"usr_1","email":"sender@example.com"}],"hooks":[{"targetUrl":"https://hooks.example.com/secret"}]}"""),
        "contacts" => (200, ContactsOf(call)),
        "companies" => (200, call["idsOrDomains"] is { } wanted ? Array(Companies.Where(c => wanted.Split(',').Contains((string?)c["_id"]))) : Envelope(Companies, call, 500)),
        "campaigns" => (200, $"{{\"campaigns\":{Array(Campaigns.Skip((Whole(call["page"]) - 1) * 100).Take(100))},\"pagination\":{{\"currentPage\":1,\"nextPage\":null}}}}"),
        "activities" => ActivitiesOf(call),
        "fields" => (200, $"{{\"success\":true,\"data\":{{\"contact\":[{string.Join(",", CustomFields.Select(f => $"{{\"name\":\"{f}\"}}"))}]}}}}"),
        "leads" => Activities.Select(a => a["lead"]?.AsObject()).FirstOrDefault(l => (string?)l?["_id"] == call["id"]) is { } lead ? (200, lead.ToJsonString()) : (404, "Lead not found"),
        _ when call.Path.StartsWith("campaigns/", StringComparison.Ordinal) => Campaigns.FirstOrDefault(c => call.Path == $"campaigns/{c["_id"]}") is { } campaign ? (200, campaign.ToJsonString()) : (404, "Campaign not found"),
        _ => (404, "<html>not a route</html>"),
    };

    private string ContactsOf(LemlistCall call)
    {
        if (call["idsOrEmails"] is { } wanted) return Array(Contacts.Where(c => wanted.Split(',').Any(w => w == (string?)c["_id"] || w == (string?)c["email"])));
        return call["search"] is { } words ? Envelope([.. Contacts.Where(c => c.ToJsonString().Contains(words, StringComparison.OrdinalIgnoreCase))], call, 500) : Envelope(Contacts, call, 500);
    }

    private (int, string) ActivitiesOf(LemlistCall call)
    {
        int offset = Whole(call["offset"]), limit = Whole(call["limit"]);
        if (call["version"] != "v2" || limit > 100 || offset > DeepestOffset) return (400, "Bad params (offset)");
        string from = call["minDate"] ?? "", to = call["maxDate"]!;
        if (string.CompareOrdinal(from, to) >= 0) return (400, "Bad params (minDate)");
        IEnumerable<JsonObject> rows = Activities.Where(a => string.CompareOrdinal((string?)a["createdAt"], from) >= 0 && string.CompareOrdinal((string?)a["createdAt"], to) <= 0);
        IEnumerable<JsonObject> ordered = IsOldestFirst ? rows.OrderBy(a => (string?)a["createdAt"], StringComparer.Ordinal) : rows.OrderByDescending(a => (string?)a["createdAt"], StringComparer.Ordinal);
        return (200, Array(ordered.Skip(offset).Take(limit)));
    }

    private static string Envelope(IReadOnlyCollection<JsonObject> rows, LemlistCall call, int most)
    {
        int offset = Whole(call["offset"]), limit = Math.Min(most, Whole(call["limit"]));
        return $$"""{"data":{{Array(rows.Skip(offset).Take(limit))}},"total":{{rows.Count}},"limit":{{limit}},"offset":{{offset}}}""";
    }

    private static string Array(IEnumerable<JsonObject> rows) => $"[{string.Join(",", rows.Select(r => r.ToJsonString()))}]";

    private static int Whole(string? text) => int.Parse(text ?? "0", CultureInfo.InvariantCulture);
}
