using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;

namespace Syncline.Sandbox;

/// <summary>A hook as it goes over the wire: a POST of JSON.</summary>
public sealed record HookPost(Uri Url, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>Who has hooks to send.</summary>
/// <param name="TakeDue">What is due now.</param>
/// <param name="PostOf">What one of them looks like.</param>
/// <param name="Answer">Told the status that its receiver answered; 0 for none.</param>
/// <param name="Patience">How long the provider waits for an answer.</param>
public sealed record HookSender<THook>(Func<IReadOnlyList<THook>> TakeDue, Func<THook, HookPost> PostOf, Action<THook, int> Answer, TimeSpan Patience);

/// <summary>Carries due hooks over HTTP to receivers on this machine. It reaches for no other: a sandbox sends nothing into the world.</summary>
/// <param name="gate">The gate the simulator is behind: it is asked under its lock, and no lock is held while a receiver thinks.</param>
public sealed class HookCourier<THook>(SandboxGate gate, HookSender<THook> sender, HttpMessageInvoker http, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks five times a second until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Pace, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken)) await CarryAsync(cancellationToken);
    }

    /// <summary>Carries what is due now, one after the other.</summary>
    /// <returns>How many hooks were carried.</returns>
    public async Task<int> CarryAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<THook> due = gate.Locked(sender.TakeDue);
        foreach (THook hook in due)
        {
            HookPost post = sender.PostOf(hook);
            int status = post.Url.IsLoopback ? await PostAsync(post, cancellationToken) : 0;
            gate.Locked(() =>
            {
                sender.Answer(hook, status);
                return status;
            });
        }
        return due.Count;
    }

    /// <summary>The status answered; 0 when the receiver was not reached or took too long.</summary>
    private async Task<int> PostAsync(HookPost post, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(sender.Patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Post, post.Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(post.Body)) };
        foreach ((string name, string value) in post.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        request.Content.Headers.ContentType ??= new MediaTypeHeaderValue("application/json");
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, either.Token);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }
}
