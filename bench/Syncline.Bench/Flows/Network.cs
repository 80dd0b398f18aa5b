using System.Net.Http;
using Syncline.Connectors;
using Syncline.Sandbox;
using Syncline.Sandbox.Hosting;

namespace Syncline.Bench.Flows;

/// <summary>The way to a sandbox: over a loopback socket, or by a call in this process.</summary>
internal sealed class Network : IAsyncDisposable
{
    private readonly SandboxServer? _server;
    private readonly Uri _address;
    private readonly Dictionary<string, HttpMessageInvoker> _invokers;

    private Network(SandboxServer? server, Uri address, Dictionary<string, HttpMessageInvoker> invokers) => (_server, _address, _invokers) = (server, address, invokers);

    public static async Task<Network> LoopbackAsync(SandboxGate gate, CancellationToken cancellationToken)
    {
        SandboxServer server = await SandboxServer.StartAsync(gate, new SandboxServerOptions(), cancellationToken);
        return new(server, server.Address, gate.Simulators.ToDictionary(s => s.Provider, _ => new HttpMessageInvoker(new SocketsHttpHandler())));
    }

    public static Network InProcess(SandboxGate gate, TimeProvider clock) => new(null, new("http://127.0.0.1/"),
        gate.Simulators.ToDictionary(s => s.Provider, s => new HttpMessageInvoker(new SandboxHandler(gate, s.Provider, clock, "/" + s.Provider))));

    /// <summary>To a sandbox that another process serves.</summary>
    public static Network To(Uri address, params IEnumerable<string> providers) => new(null, address, providers.ToDictionary(p => p, _ => new HttpMessageInvoker(new SocketsHttpHandler())));

    public HttpMessageInvoker InvokerOf(string provider) => _invokers[provider];

    public Uri Address => _address;

    /// <summary>Where a provider's simulator is; its own paths follow.</summary>
    public Uri BaseOf(string provider) => new(_address, provider);

    public ConnectionSettings SettingsOf(string provider, string key) => new(provider, setting => setting switch
    {
        "api_key" or "token" => key,
        "base_url" => provider == "heyreach" ? $"{BaseOf(provider)}/api/public" : BaseOf(provider).ToString(),
        _ => null,
    });

    public async ValueTask DisposeAsync()
    {
        foreach (HttpMessageInvoker invoker in _invokers.Values) invoker.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }
}
