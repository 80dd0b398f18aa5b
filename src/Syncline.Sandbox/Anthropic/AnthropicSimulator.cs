using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Anthropic.Batches;
using Syncline.Sandbox.Anthropic.Messages;
using Syncline.Sandbox.Anthropic.Wire;
using Syncline.Sandbox.Json;

namespace Syncline.Sandbox.Anthropic;

/// <summary>Anthropic's Messages API: messages with structured output, batches, counted tokens, models. No model thinks here: answers follow from the prompt's hash and fit its schema.</summary>
/// <remarks>Any path prefix before <c>/v1/</c> is taken. Built from the contract alone: it shares nothing with the connector it judges.</remarks>
public sealed partial class AnthropicSimulator : ISimulator
{
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly HashSet<string> _keys;
    private readonly Dictionary<(string Key, string Model), ModelLimit> _limits = [];
    private readonly List<AnthropicSpending> _spent = [];
    private readonly Writer _writer;
    private readonly BatchBoard _batches;

    public AnthropicSimulator(AnthropicSandboxOptions options, TimeProvider clock)
    {
        (_clock, _random, _keys) = (clock, new(options.Seed), new(options.ApiKeys, StringComparer.Ordinal));
        Behaviour.LimitsOn = options.LimitsOn;
        _writer = new(Behaviour, new(Behaviour), NewId);
        _batches = new(Behaviour, _writer, _spent, NewId);
        Knobs = Behaviour.Knobs();
        Happenings =
        [
            new("add-key", "A key is made: KEY.", a => AddKey(a ?? "")),
            new("revoke-key", "A key stops working: KEY.", a => RevokeKey(a ?? "")),
            new("forget-spending", "The ledger of tokens and dollars begins anew. No argument.", _ => ForgetSpending()),
        ];
    }

    public string Provider => "anthropic";

    /// <summary>The knobs as typed properties.</summary>
    public AnthropicBehaviour Behaviour { get; } = new();

    public IReadOnlyList<Knob> Knobs { get; }

    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>What the addresses of results begin with; the served sandbox puts its own address here.</summary>
    public string BaseUrl { get; set; } = "https://api.anthropic.com";

    public void AddKey(string key) => _keys.Add(key);

    /// <summary>From now on the key is answered 401. True when it was known.</summary>
    public bool RevokeKey(string key) => _keys.Remove(key);

    public SandboxResponse Handle(SandboxRequest request)
    {
        Requests++;
        string requestId = NewId("req");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["request-id"] = requestId };
        try
        {
            DateTimeOffset now = _clock.GetUtcNow();
            _batches.Settle(now);
            string key = Admit(request);
            return Route(request, key, now, headers) with { Headers = headers };
        }
        catch (AnthropicRefusalException refusal)
        {
            return Refused(refusal, requestId, headers);
        }
    }

    private string Admit(SandboxRequest request)
    {
        const string scheme = "Bearer ";
        string? bearer = request.Header("Authorization") is { } header && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;
        string sent = request.Header("x-api-key") ?? bearer ?? throw Refuse.Unauthorized("x-api-key header is required");
        if (!_keys.Contains(sent)) throw Refuse.Unauthorized("invalid x-api-key");
        if (Version(request) is not (MessageRequest.NewVersion or MessageRequest.OldVersion)) throw Refuse.Bad("anthropic-version: header is required and must be a known version");
        if (Encoding.UTF8.GetByteCount(request.Body) > Behaviour.MostBytes) throw Refuse.TooLarge();
        return sent;
    }

    private SandboxResponse Route(SandboxRequest request, string key, DateTimeOffset now, Dictionary<string, string> headers)
    {
        int at = request.Path.LastIndexOf("/v1/", StringComparison.Ordinal);
        string[] path = at < 0 ? [] : PathTemplate.Segments(request.Path[(at + "/v1".Length)..]);
        return (request.Method, path) switch
        {
            ("POST", ["messages"]) => Message(request, key, now, headers),
            ("POST", ["messages", "count_tokens"]) => Json(new() { ["input_tokens"] = Count(request) }),
            ("POST", ["messages", "batches"]) => Failing(() => Shown(_batches.Add(Body(request), Version(request)!, now), now)),
            ("GET", ["messages", "batches"]) => List(request, now),
            ("GET", ["messages", "batches", string id]) => Shown(_batches.Get(id), now),
            ("DELETE", ["messages", "batches", string id]) => Removed(_batches.Get(id)),
            ("POST", ["messages", "batches", string id, "cancel"]) => Cancelled(_batches.Get(id), now),
            ("GET", ["messages", "batches", string id, "results"]) => Results(_batches.Get(id), now),
            ("GET", ["models"]) => Models(),
            ("GET", ["models", string name]) => Json(Model(AnthropicModel.Find(name) ?? throw Refuse.NotFound($"model: {name}"))),
            _ => throw Refuse.NotFound("Not found"),
        };
    }

    private SandboxResponse Message(SandboxRequest request, string key, DateTimeOffset now, Dictionary<string, string> headers)
    {
        MessageRequest asked = MessageRequest.Read(Body(request), Version(request)!);
        if (!_limits.TryGetValue((key, asked.Model.Id), out ModelLimit? limit)) _limits[(key, asked.Model.Id)] = limit = new(Behaviour);
        try
        {
            return Failing(() => Json(Write(asked, limit, now)));
        }
        finally
        {
            if (Behaviour.LimitsOn) foreach ((string name, string value) in limit.Headers(now)) headers[name] = value;
        }
    }

    private JsonObject Write(MessageRequest asked, ModelLimit limit, DateTimeOffset now)
    {
        // What the cache will give is known beforehand, so that it is not counted against the limit.
        int counted = Segment.Tokens(asked.Segments.Sum(s => s.Text.Length)) - _writer.Cached(asked, now);
        if (Behaviour.LimitsOn) limit.Admit(counted, asked.MostTokens, now);
        Written written = _writer.Write(asked, now, isInBatch: false);
        if (Behaviour.LimitsOn) limit.Produced(written.Spending.OutputTokens, now);
        _spent.Add(written.Spending);
        return written.Message;
    }

    /// <summary>Does the work unless a fault stands before it, and hides its answer when one stands after it.</summary>
    private SandboxResponse Failing(Func<SandboxResponse> work)
    {
        if (Behaviour.FailNext <= 0) return work();
        Behaviour.FailNext--;
        if (Behaviour.FailWith is AnthropicFault.ServerErrorAfterWork or AnthropicFault.TimeoutAfterWork) work();
        throw Refuse.Of(Behaviour.FailWith, Behaviour.RetryAfterSeconds);
    }

    private static int Count(SandboxRequest request) =>
        Segment.Tokens(MessageRequest.Read(Body(request), Version(request)!, needsLimit: false).Segments.Sum(s => s.Text.Length));

    private static JsonObject Body(SandboxRequest request) => JsonText.ReadObject(request.Body) ?? throw Refuse.Bad("The request body is not valid JSON");

    private static string? Version(SandboxRequest request) => request.Header("anthropic-version");

    private static SandboxResponse Json(JsonObject body) => new(200, JsonText.Write(body), "application/json");

    private SandboxResponse Refused(AnthropicRefusalException refusal, string requestId, Dictionary<string, string> headers)
    {
        if (refusal.RetryAfter is { } seconds) headers["retry-after"] = seconds.ToString(CultureInfo.InvariantCulture);
        if (Behaviour.ShouldRetry != ShouldRetry.Absent) headers["x-should-retry"] = Behaviour.ShouldRetry == ShouldRetry.True ? "true" : "false";
        JsonObject body = new() { ["type"] = "error", ["error"] = refusal.Error(), ["request_id"] = requestId };
        return new(refusal.Status, JsonText.Write(body), "application/json") { Headers = headers };
    }

    private string NewId(string prefix) => $"{prefix}_01{new string(_random.GetItems<char>("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz123456789", 22))}";
}
