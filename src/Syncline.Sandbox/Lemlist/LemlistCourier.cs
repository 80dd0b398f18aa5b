using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;

namespace Syncline.Sandbox.Lemlist;

/// <summary>Carries due hooks over HTTP to receivers on this machine. It reaches for no other: a sandbox sends nothing into the world.</summary>
/// <param name="gate">The gate the simulator is behind: it is asked under its lock, and no lock is held while a receiver thinks.</param>
public sealed class LemlistCourier(SandboxGate gate, LemlistSimulator lemlist, HttpMessageInvoker http, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

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
        IReadOnlyList<LemlistHook> due = gate.Locked(lemlist.Webhooks.TakeDue);
        foreach (LemlistHook hook in due)
        {
            int status = hook.Url.IsLoopback ? await PostAsync(hook, cancellationToken) : 0;
            gate.Locked(() =>
            {
                lemlist.Webhooks.Answer(hook, status);
                return status;
            });
        }
        return due.Count;
    }

    /// <returns>0 when nobody is there, or thinks too long.</returns>
    private async Task<int> PostAsync(LemlistHook hook, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(hook.Body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
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
