using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;

namespace Syncline.Sandbox.Hosting;

/// <summary>The way in without a socket: an <see cref="HttpClient"/> over it talks to one simulator in process.</summary>
/// <remarks>
/// Nothing here leaves the caller's thread: without a delay the task returned is already complete, with one it completes where the clock fires its timer. A cut
/// connection is thrown as sockets do it, an <see cref="HttpRequestException"/> with an <see cref="IOException"/> inside.
/// </remarks>
/// <param name="strip">A path prefix removed before the simulator sees the path, <c>/heyreach</c>; whole segments only.</param>
public sealed class SandboxHandler(SandboxGate gate, string provider, TimeProvider clock, string strip = "") : HttpMessageHandler
{
    private readonly string _strip = strip.TrimEnd('/');

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Delivery delivery = gate.Send(provider, await ReadAsync(request, cancellationToken));
        if (delivery.Delay > TimeSpan.Zero) await PauseAsync(delivery.Delay, cancellationToken);
        return delivery.Response is null ? throw Cut() : ToMessage(request, delivery.Response);
    }

    /// <summary>Task.Delay ends a cancelled wait on the thread pool; here a cancelled wait ends on the thread that cancels, as everything else does.</summary>
    private async Task PauseAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        TaskCompletionSource over = new();
        await using ITimer timer = clock.CreateTimer(_ => over.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(_ => over.TrySetCanceled(cancellationToken), null);
        await over.Task;
    }

    private async ValueTask<SandboxRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        string body = request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        return new(request.Method.Method.ToUpperInvariant(), PathOf(uri), uri.Query.Length > 0 ? uri.Query[1..] : "", HeadersOf(request, uri), body);
    }

    private string PathOf(Uri uri)
    {
        string path = uri.AbsolutePath;
        if (_strip.Length == 0 || !path.StartsWith(_strip, StringComparison.Ordinal)) return path;
        if (path.Length == _strip.Length) return "/";
        return path[_strip.Length] == '/' ? path[_strip.Length..] : path;
    }

    private static Dictionary<string, string> HeadersOf(HttpRequestMessage request, Uri uri)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase) { ["Host"] = uri.Authority };
        Add(headers, request.Headers.NonValidated);
        if (request.Content is null) return headers;
        // Reading the length puts it among the headers, where a socket would have sent it.
        _ = request.Content.Headers.ContentLength;
        Add(headers, request.Content.Headers.NonValidated);
        return headers;
    }

    private static void Add(Dictionary<string, string> headers, HttpHeadersNonValidated more)
    {
        foreach ((string name, HeaderStringValues values) in more) headers[name] = values.ToString();
    }

    private static HttpResponseMessage ToMessage(HttpRequestMessage request, SandboxResponse answer)
    {
        byte[] body = request.Method == HttpMethod.Head ? [] : Encoding.UTF8.GetBytes(answer.Body);
        HttpResponseMessage message = new((HttpStatusCode)answer.Status) { RequestMessage = request, Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentLength = answer.Length;
        if (answer.ContentType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
        foreach ((string name, string value) in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }

    private static HttpRequestException Cut() => new(HttpRequestError.ResponseEnded, "An error occurred while sending the request.",
        new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."));
}
