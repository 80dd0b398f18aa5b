using System.Net.Http;
using System.Text;

namespace Syncline.Sandbox.Quo;

/// <summary>Carries due hooks over HTTP to receivers on this machine. It reaches for no other: a sandbox sends nothing into the world.</summary>
/// <param name="gate">The gate the simulator is behind: it is asked under its lock, and no lock is held while a receiver thinks.</param>
public sealed class QuoCourier(SandboxGate gate, QuoSimulator quo, HttpMessageInvoker http, TimeProvider clock)
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
        IReadOnlyList<QuoHook> due = gate.Locked(quo.Webhooks.TakeDue);
        foreach (QuoHook hook in due)
        {
            int status = hook.Url.IsLoopback ? await PostAsync(hook, cancellationToken) : 0;
            gate.Locked(() =>
            {
                quo.Webhooks.Answer(hook, status);
                return status;
            });
        }
        return due.Count;
    }

    /// <summary>The status answered; 0 when the receiver was not reached or took too long.</summary>
    private async Task<int> PostAsync(QuoHook hook, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(hook.Body)) };
        foreach ((string name, string value) in hook.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content.Headers.TryAddWithoutValidation(name, value);
        }
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
