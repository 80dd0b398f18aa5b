using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Syncline.Connectors.Http;
using Syncline.Records;

namespace Syncline.Connectors.HubSpot;

/// <summary>The credential of a connection: a token as it is, or OAuth access tokens that are renewed before they end.</summary>
/// <remarks>Source: HubSpot's OAuth guide, 2026: an access token lives 30 minutes, the old one stays good until its own end, the refresh token does not end.</remarks>
internal sealed class HubSpotTokens(ConnectionSettings settings, TimeProvider clock)
{
    private const string Provider = "hubspot", Operation = "hubspot.oauth.refresh";

    // Longer than a call may wait for its turn and its answer.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private Task<string>? _renewal;
    private string? _access;
    private string? _refresh;
    private DateTimeOffset _renewAt;

    private bool IsOAuth => settings.Find("token") is not { Length: > 0 } && settings.Find("refresh_token") is { Length: > 0 };

    /// <summary>Makes sure that a good token is at hand. All callers wait for one renewal.</summary>
    /// <returns>The token the next call will carry; null for one that cannot be renewed.</returns>
    public async Task<string?> ReadyAsync(ProviderHttp http, CancellationToken cancellationToken)
    {
        if (!IsOAuth) return null;
        Task<string> renewal;
        lock (_gate)
        {
            if (_access is { } good && clock.GetUtcNow() < _renewAt) return good;
            // Not the caller's token: whoever gives up waiting must not end the renewal for the others.
            if (_renewal is null or { IsCompleted: true }) _renewal = RenewAsync(http, CancellationToken.None);
            renewal = _renewal;
        }
        return await renewal.WaitAsync(cancellationToken);
    }

    /// <summary>HubSpot says that this access token has ended: it is not used again.</summary>
    public void Ended(string access)
    {
        lock (_gate)
        {
            if (_access == access) _access = null;
        }
    }

    // Without validation: a token pasted with a stray character is HubSpot's to refuse, and a format exception would put it into an error text.
    public void Authorize(HttpRequestMessage request)
    {
        string token = IsOAuth ? _access ?? "" : settings.Required("token", Provider).Trim();
        request.Headers.TryAddWithoutValidation("Authorization", new AuthenticationHeaderValue("Bearer", token).ToString());
    }

    private async Task<string> RenewAsync(ProviderHttp http, CancellationToken cancellationToken)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = settings.Required("client_id", Provider),
            ["client_secret"] = settings.Required("client_secret", Provider),
            ["refresh_token"] = _refresh ?? settings.Required("refresh_token", Provider),
        };
        byte[] body = Encoding.ASCII.GetBytes(string.Join('&', form.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}")));
        ProviderAnswer answer = await http.SendAsync(
            new(Operation, HttpMethod.Post, HubSpotPaths.Token, "oauth") { Body = body, ContentType = "application/x-www-form-urlencoded", IsIdempotent = true }, cancellationToken);
        if (!answer.IsSuccess) throw Refused(answer);
        return Keep(JsonSerializer.Deserialize(answer.Body, HubSpotJson.Default.HubSpotToken));
    }

    private string Keep(HubSpotToken? token)
    {
        if (token?.AccessToken is not { Length: > 0 } access) throw new ProviderException($"{Operation}: the answer holds no token.") { Operation = Operation, Recovery = Recovery.RetryLater };
        TimeSpan life = TimeSpan.FromSeconds(Math.Max(token.ExpiresIn, 60));
        lock (_gate)
        {
            _access = access;
            _refresh = token.RefreshToken ?? _refresh;
            _renewAt = clock.GetUtcNow() + (life > 2 * Ahead ? life - Ahead : life / 2);
        }
        return access;
    }

    private static ProviderException Refused(ProviderAnswer answer)
    {
        HubSpotError error = HubSpotError.Of(answer);
        return new($"{Operation} was refused ({answer.Status}): {error.Reason}")
        {
            Operation = Operation,
            Recovery = Recovery.StopRun,
            Hint = "Check client_id and client_secret. If they are right, the app was uninstalled from the portal or its refresh token revoked: install it again and set the new refresh_token.",
        };
    }
}
