using System.Net.Http;

namespace Syncline.Simulation.Crashing;

/// <summary>The network boundary: a process may die before a request leaves, and after its effect but before the answer is read.</summary>
internal sealed class CrashingHandler(HttpMessageHandler inner, CrashSwitch crash) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await crash.PassAsync($"before {request.Method} {request.RequestUri!.AbsolutePath}");
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        await crash.PassAsync($"after {request.Method} {request.RequestUri.AbsolutePath}");
        return response;
    }
}
