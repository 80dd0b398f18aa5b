using System.Net.Http;
using Syncline.Connectors.Http;

namespace Syncline.Connectors.Claude;

/// <summary>Carries the official client's requests over what the connection was lent, and reads what its exceptions leave out: how long a refusal asks to wait.</summary>
internal sealed class ClaudeTransport(HttpMessageInvoker http, TimeProvider clock) : HttpMessageHandler
{
    private readonly AsyncLocal<Refusal?> _refusal = new();

    /// <summary>Begins a call; what it is refused with is told by the object it gives back.</summary>
    public Refusal Begin() => _refusal.Value = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode && _refusal.Value is { } refusal) refusal.Wait = RetryAfter.Read(response.Headers, clock.GetUtcNow());
        return response;
    }

    internal sealed class Refusal
    {
        /// <summary>What Retry-After says; null when it says nothing.</summary>
        public TimeSpan? Wait { get; set; }
    }
}
