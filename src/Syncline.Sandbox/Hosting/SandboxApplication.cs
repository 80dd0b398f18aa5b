using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Syncline.Sandbox.Hosting.Control;

namespace Syncline.Sandbox.Hosting;

/// <summary>Sends each request where its first path segment says.</summary>
internal sealed class SandboxApplication(SandboxGate gate, TimeProvider clock) : IHttpApplication<DefaultHttpContext>
{
    private readonly HashSet<string> _providers = [.. gate.Simulators.Select(s => s.Provider)];
    private readonly ControlFront _control = new(gate);

    // Kestrel keeps one context per connection where it is asked to: one allocation less per request.
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        if (contextFeatures is not IHostContextContainer<DefaultHttpContext> kept) return new(contextFeatures);
        (kept.HostContext ??= new()).Initialize(contextFeatures);
        return kept.HostContext;
    }

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => context.Uninitialize();

    public async Task ProcessRequestAsync(DefaultHttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (Exception defect) when (defect is not (OperationCanceledException or IOException) && !context.Response.HasStarted)
        {
            // A simulator that throws is a defect of the sandbox, not a fault of the provider: the client is told so in full.
            await Wire.WriteAsync(context, new(500, $"The sandbox failed, which is a defect of its own.\n{defect}", "text/plain; charset=utf-8"));
        }
    }

    private Task RouteAsync(DefaultHttpContext context)
    {
        Target target = Target.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (_providers.Contains(target.First)) return SimulateAsync(context, target);
        return target.First is "" or "_sandbox" ? _control.AnswerAsync(context, target) : Wire.WriteAsync(context, Nothing(target).ToResponse());
    }

    private async Task SimulateAsync(DefaultHttpContext context, Target target)
    {
        SandboxRequest request = await Wire.ReadAsync(context, target);
        Delivery delivery = gate.Send(target.First, request);
        if (delivery.Delay > TimeSpan.Zero) await Task.Delay(delivery.Delay, clock, context.RequestAborted);
        if (delivery.Response is null) context.Abort();
        else await Wire.WriteAsync(context, delivery.Response);
    }

    private ControlAnswer Nothing(Target target) => ControlAnswer.Refuse(404,
        $"Nothing is served at /{target.First}. Simulated here: {string.Join(", ", _providers.Order(StringComparer.Ordinal).Select(p => $"/{p}/"))}. Control: /_sandbox. Page: /");
}
