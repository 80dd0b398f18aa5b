using System.Net.Http;
using System.Text;

namespace Syncline.Sandbox.HubSpot;

/// <summary>Carries due hooks over HTTP to receivers on this machine. It reaches for no other: a sandbox sends nothing into the world.</summary>
/// <param name="gate">The gate the simulator is behind: it is asked under its lock, and no lock is held while a receiver thinks.</param>
public sealed class HubSpotCourier(SandboxGate gate, HubSpotSimulator hubspot, HttpMessageInvoker http, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

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
        IReadOnlyList<HubSpotHook> due = gate.Locked(hubspot.Webhooks.TakeDue);
        foreach (HubSpotHook hook in due)
        {
            int status = hook.Url.IsLoopback ? await PostAsync(hook, cancellationToken) : 0;
            gate.Locked(() =>
            {
                hubspot.Webhooks.Answer(hook, status);
                return status;
            });
        }
        return due.Count;
    }

    /// <summary>The status answered; 0 when the receiver was not reached or took too long.</summary>
    private async Task<int> PostAsync(HubSpotHook hook, CancellationToken cancellationToken)
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
