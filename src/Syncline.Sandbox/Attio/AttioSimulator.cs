using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio.Endpoints;
using Syncline.Sandbox.Attio.Records;
using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio;

/// <summary>
/// Attio's REST API v2 over one workspace: records, schema, lists, notes, members, webhooks, limits. Tasks, comments and meetings are not simulated.
/// </summary>
/// <remarks>Where the public documents leave a behaviour open, a knob chooses; its default is the stricter reading.</remarks>
public sealed class AttioSimulator : ISimulator
{
    private readonly AttioWorkspace _workspace;
    private readonly TimeProvider _clock;
    private readonly RateLimiter _limiter;
    private readonly Router _router;
    private readonly WorkspaceEndpoints _self;
    private readonly MemberActions _members;

    public AttioSimulator(AttioSandboxOptions options, TimeProvider clock)
    {
        _clock = clock;
        _workspace = new(options, clock);
        _limiter = new(_workspace.Switches);
        _self = new(_workspace);
        _members = new(_workspace);
        _router = new(
        [
            .. _self.Routes(), .. new SchemaEndpoints(_workspace).Routes(), .. new RecordEndpoints(_workspace).Routes(),
            .. new EntryEndpoints(_workspace).Routes(), .. new NoteEndpoints(_workspace).Routes(),
            .. new WebhookEndpoints(_workspace).Routes(),
        ]);
        foreach ((string token, string scopes) in options.Tokens) AddToken(token, scopes);
        Knobs = _workspace.Switches.Knobs().Concat(AttioHappenings.ObjectKnobs(_workspace)).Concat(_workspace.Hooks.Trouble.Knobs()).ToArray();
        Webhooks = new(_workspace.Hooks);
        Happenings = new AttioHappenings(this).All();
    }

    public string Provider => "attio";

    public IReadOnlyList<Knob> Knobs { get; }

    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>The hooks on their way.</summary>
    public AttioWebhooks Webhooks { get; }

    internal AttioWorkspace Workspace => _workspace;

    /// <summary>The id that every composite id begins with.</summary>
    public Guid WorkspaceId => _workspace.Id;

    /// <summary>Makes a token known, or changes the scopes of one that is.</summary>
    /// <param name="token">64 characters.</param>
    /// <param name="scopes">Separated by spaces, <c>note:read-write</c>; read-write includes read.</param>
    public void AddToken(string token, string scopes)
    {
        if (token.Length != AttioTokens.Length) throw new ArgumentException($"A token has {AttioTokens.Length} characters.", nameof(token));
        string[] names = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Guid id = _workspace.Tokens.Find(token)?.Id ?? _workspace.Ids.Next();
        _workspace.Tokens.Add(new(token, names.ToHashSet(StringComparer.Ordinal), id, _workspace.Now));
    }

    /// <summary>True when the token was known.</summary>
    public bool RevokeToken(string token) => _workspace.Tokens.Remove(token);

    public SandboxResponse Handle(SandboxRequest request)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        _workspace.Merger.ApplyDue();
        try
        {
            return Respond(Carry(request, now), now, accurate: request.Method == "GET" || request.Path.EndsWith("/query", StringComparison.Ordinal));
        }
        catch (AttioRefusalException refusal)
        {
            return Respond(Answer.Of(refusal), now, accurate: false);
        }
    }

    /// <summary>The object's records as they are now, oldest first. The views are live: they show later changes too.</summary>
    public IReadOnlyList<AttioRecordView> Records(string objectSlug) => Views(Known(_workspace.FindObject(objectSlug), objectSlug));

    /// <summary>One record, or null when it is gone.</summary>
    public AttioRecordView? Record(string objectSlug, string recordId) =>
        Known(_workspace.FindObject(objectSlug), objectSlug).Rows.Find(Guid.Parse(recordId)) is { } row ? new(_workspace, row) : null;

    /// <summary>The list's entries, oldest first.</summary>
    public IReadOnlyList<AttioRecordView> Entries(string list) => Views(Known(_workspace.Lists.Find(l => l.Slug == list), list));

    /// <summary>All notes in the order they were made in.</summary>
    public IReadOnlyList<AttioNoteView> Notes() =>
        [.. _workspace.Notes.Select(AttioNoteView.Of)];

    /// <summary>A workspace member makes a record in the user interface. What the API would refuse, this and its siblings throw.</summary>
    /// <returns>The record's id.</returns>
    public string CreateByPerson(string objectSlug, JsonObject values) => _members.Create(objectSlug, values).ToString();

    /// <summary>A workspace member sets one value; null or an empty array clears it. Limits and scopes do not apply to people.</summary>
    public void EditByPerson(string objectSlug, string recordId, string attributeSlug, JsonNode? value) =>
        _members.Edit(objectSlug, recordId, attributeSlug, value);

    public void DeleteByPerson(string objectSlug, string recordId) => _members.Delete(objectSlug, recordId);

    /// <summary>A workspace member merges two records.</summary>
    /// <returns>The id of the record that both became.</returns>
    public string MergeRecords(string objectSlug, string primaryRecordId, string secondaryRecordId) =>
        _members.Merge(objectSlug, primaryRecordId, secondaryRecordId).ToString();

    /// <summary>Makes a custom object as the API would, without a request.</summary>
    public void DefineObject(string slug, string singular, string plural) => _members.DefineObject(slug, singular, plural);

    /// <summary>Makes an attribute of an object or list from the API's own body; keys left out take their usual value.</summary>
    public void DefineAttribute(string target, JsonObject attribute) => _members.DefineAttribute(target, attribute);

    public void DefineOption(string target, string attributeSlug, string title) => _members.DefineOption(target, attributeSlug, title);

    /// <summary>Makes a list that everybody may change.</summary>
    public void DefineList(string slug, string name, string parentObject) => _members.DefineList(slug, name, parentObject);

    public IReadOnlyList<HeldTable> Holds(int rows) => AttioHoldings.Of(_workspace, rows);

    private Answer Carry(SandboxRequest request, DateTimeOffset now)
    {
        if (request is { Method: "GET", Path: WorkspaceEndpoints.SelfPath })
        {
            _limiter.Take(Load.Read, now);
            return _self.Self(request);
        }
        AttioToken token = _workspace.Tokens.Authenticate(request);
        (Route route, IReadOnlyList<string> parts) = _router.Find(request);
        _limiter.Take(route.Load, now);
        Call call = new(request, token, parts);
        if (route.Needs(call).FirstOrDefault(s => !token.Has(s)) is { } missing) throw Refuse.MissingScope(missing.ToString());
        Answer answer = route.Handle(call);
        _limiter.Score(answer.Score ?? 0, now);
        return answer;
    }

    private SandboxResponse Respond(Answer answer, DateTimeOffset now, bool accurate)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Date"] = now.ToString("R"),
            ["x-attio-execution-id"] = _workspace.Ids.Next().ToString(),
        };
        if (accurate && answer.Status == 200) headers["x-accurate-at"] = WireTime.Write(now.UtcDateTime);
        if (answer.Score is { } score) headers["x-attio-record-query-score"] = score.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (answer.Status == 429) headers["Retry-After"] = RateLimiter.RetryAfter(now);
        return new(answer.Status, answer.Body) { Headers = headers };
    }

    private AttioRecordView[] Views(AttioTable table) => [.. table.Rows.InOrder.Select(r => new AttioRecordView(_workspace, r))];

    private static AttioTable Known(AttioTable? table, string slug) => table ?? throw new ArgumentException($"The workspace has no {slug}.", nameof(slug));
}
