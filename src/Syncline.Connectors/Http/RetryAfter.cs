using System.Net.Http.Headers;

namespace Syncline.Connectors.Http;

/// <summary>The Retry-After header in both its forms: seconds, and an HTTP date (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>How long to wait, rounded up to a whole second in the date form; null when the header is absent or unreadable.</summary>
    /// <param name="now">Our clock; the answer's own Date header goes before it, since the provider's clock wrote the date.</param>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter is not { } header) return null;
        if (header.Delta is { } delta) return delta;
        if (header.Date is not { } until) return null;
        TimeSpan wait = until - (headers.Date ?? now);
        // Dates have whole seconds: the Date header may be up to a second behind the clock that refused us.
        return wait <= TimeSpan.Zero ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
    }
}
