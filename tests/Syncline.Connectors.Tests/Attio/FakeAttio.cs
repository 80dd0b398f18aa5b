using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Syncline.Connectors.Tests.Attio;

internal sealed record SeenCall(string Method, string Path, JsonNode? Body)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>Answers the calls a test has scripted, and everything else from a small world of records. It knows only as much of Attio as the tests need.</summary>
internal sealed class FakeAttio : HttpMessageHandler
{
    private readonly List<(string Pattern, int Status, string Body, int Times, int Skip)> _scripted = [];

    public FakeAttioWorld World { get; } = new();

    public List<SeenCall> Calls { get; } = [];

    /// <summary>Bodies and paths that the published schema does not allow.</summary>
    public List<string> Violations { get; } = [];

    public IEnumerable<SeenCall> Writes => Calls.Where(c => c.Method != "GET" && !c.Path.EndsWith("/query", StringComparison.Ordinal));

    /// <summary>Writes that still take effect while their answers are lost.</summary>
    public int LoseAnswers { get; set; }

    /// <summary>Calls that are refused for their rate, with a date one second ahead.</summary>
    public int Throttle { get; set; }

    /// <summary>Happens as a call arrives, before it is answered.</summary>
    public Action<SeenCall>? Arriving { get; set; }

    public string? LastKey { get; private set; }

    public void Answer(string pattern, string body, int status = 200, int times = int.MaxValue) => _scripted.Add((pattern, status, body, times, 0));

    public void Refuse(string pattern, int status, string code, string message, string extra = "", int times = int.MaxValue) =>
        Answer(pattern, $$"""{"status_code":{{status}},"type":"invalid_request_error","code":"{{code}}","message":{{JsonValue.Create(message).ToJsonString()}}{{extra}}}""", status, times);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.PathAndQuery;
        string? text = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        SeenCall call = new(request.Method.Method, path, text is null ? null : JsonNode.Parse(text));
        Calls.Add(call);
        Arriving?.Invoke(call);
        LastKey = request.Headers.Authorization?.Parameter;
        if (OpenApiCheck.Shared is { } check) Violations.AddRange(check.Violations(call.Method, path, call.Body));
        if (Throttle > 0) return TooFast();
        (int status, string body) = Scripted(call) ?? World.Handle(call);
        bool isWrite = call.Method != "GET" && !path.EndsWith("/query", StringComparison.Ordinal);
        if (isWrite && LoseAnswers-- > 0) throw new HttpRequestException("the line went dead");
        return new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }

    private HttpResponseMessage TooFast()
    {
        Throttle--;
        DateTimeOffset now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        HttpResponseMessage response = new((HttpStatusCode)429) { Content = new StringContent("""{"status_code":429,"type":"rate_limit_error","code":"rate_limit_exceeded","message":"Rate limit exceeded"}""") };
        response.Headers.Date = now;
        response.Headers.TryAddWithoutValidation("Retry-After", now.AddSeconds(1).ToString("R", CultureInfo.InvariantCulture));
        return response;
    }

    private (int, string)? Scripted(SeenCall call)
    {
        int at = _scripted.FindIndex(s => s.Times > 0 && Regex.IsMatch(call.ToString(), s.Pattern));
        if (at < 0) return null;
        _scripted[at] = _scripted[at] with { Times = _scripted[at].Times - 1 };
        return (_scripted[at].Status, _scripted[at].Body);
    }
}
