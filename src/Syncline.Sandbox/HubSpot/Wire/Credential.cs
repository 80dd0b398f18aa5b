using Syncline.Sandbox.HubSpot.Records;

namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>A bearer token.</summary>
/// <param name="AppId">The app whose writes it makes; what webhooks name as their source.</param>
/// <param name="Scopes">An asterisk among them stands for all.</param>
/// <param name="ExpiresAt">Null for tokens that live until they are rotated.</param>
internal sealed record Credential(string Token, HubSpotCredentialKind Kind, long AppId, IReadOnlySet<string> Scopes, ChangeSource Source, DateTimeOffset? ExpiresAt)
{
    /// <summary>The app's own windows; OAuth tokens of one app share them.</summary>
    public required AppWindows Windows { get; init; }

    public bool HasOne(IReadOnlyList<string> scopes) => scopes.Count == 0 || Scopes.Contains("*") || scopes.Any(Scopes.Contains);
}

/// <summary>What one app spent in the last ten seconds.</summary>
internal sealed class AppWindows
{
    public RollingWindow General { get; } = new(TimeSpan.FromSeconds(10));
    public RollingWindow Associations { get; } = new(TimeSpan.FromSeconds(10));
}

/// <summary>Requests in a sliding window of the given length.</summary>
internal sealed class RollingWindow(TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _taken = new();

    public int Count(DateTimeOffset now)
    {
        while (_taken.TryPeek(out DateTimeOffset oldest) && now - oldest >= length) _taken.Dequeue();
        return _taken.Count;
    }

    public void Take(DateTimeOffset now) => _taken.Enqueue(now);
}
