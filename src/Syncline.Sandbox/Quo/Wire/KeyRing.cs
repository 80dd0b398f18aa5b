namespace Syncline.Sandbox.Quo.Wire;

/// <summary>An API key of the workspace and the times of its latest requests.</summary>
/// <param name="madeAt">When it was made: a fresh key is not active at once.</param>
internal sealed class ApiKey(string text, DateTimeOffset madeAt)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private readonly Queue<DateTimeOffset> _taken = new();

    public string Text => text;
    public DateTimeOffset MadeAt => madeAt;

    /// <summary>False for a key whose webhook calls are answered 403, as production met some.</summary>
    public bool MayManageWebhooks { get; set; } = true;

    /// <summary>Counts a request of either surface, or refuses it. A refused request takes nothing.</summary>
    public void Take(DateTimeOffset now, int perSecond)
    {
        while (_taken.TryPeek(out DateTimeOffset oldest) && now - oldest >= Window) _taken.Dequeue();
        if (_taken.Count >= perSecond) throw Refuse.Throttled();
        _taken.Enqueue(now);
    }
}

/// <summary>The keys that open the workspace.</summary>
internal sealed class KeyRing(QuoBehaviour behaviour)
{
    private readonly Dictionary<string, ApiKey> _keys = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ApiKey> All => _keys.Values;

    public void Add(string text, DateTimeOffset madeAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        _keys.TryAdd(text, new(text, madeAt));
    }

    public bool Remove(string text) => _keys.Remove(text);

    public ApiKey? Find(string text) => _keys.GetValueOrDefault(text);

    /// <summary>The key of a request. The header holds the raw key: with a Bearer before it, it is another text and unknown.</summary>
    public ApiKey Admit(SandboxRequest request, DateTimeOffset now)
    {
        if (request.Header("Authorization") is not { Length: > 0 } sent) throw Refuse.Unauthorized("No API key was sent");
        ApiKey key = Find(sent) ?? throw Refuse.Unauthorized("The API key is not known");
        if (now - key.MadeAt >= behaviour.KeyActivation) return key;
        throw behaviour.InactiveKeyStatus == 403 ? Refuse.Forbidden("The API key is not active yet") : Refuse.Unauthorized("The API key is not active yet");
    }
}
