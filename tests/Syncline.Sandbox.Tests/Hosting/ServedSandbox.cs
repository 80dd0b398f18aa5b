using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Hosting;

namespace Syncline.Sandbox.Tests.Hosting;

/// <summary>A sandbox on a free port with a client that does not follow redirects.</summary>
internal sealed class ServedSandbox : IAsyncDisposable
{
    private readonly SandboxServer _server;

    private ServedSandbox(SandboxServer server, ParcelSimulator parcels, SandboxGate gate)
    {
        (_server, Parcels, Gate) = (server, parcels, gate);
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
    }

    public ParcelSimulator Parcels { get; }

    public SandboxGate Gate { get; }

    public HttpClient Client { get; }

    public Uri Address => _server.Address;

    public static async Task<ServedSandbox> StartAsync(TimeProvider? clock = null)
    {
        ParcelSimulator parcels = new();
        SandboxGate gate = new([parcels], clock ?? TimeProvider.System);
        SandboxServerOptions options = new() { Clock = clock ?? TimeProvider.System };
        return new(await SandboxServer.StartAsync(gate, options, TestContext.Current.CancellationToken), parcels, gate);
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, string type = "text/plain") =>
        Client.SendAsync(new(new(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) });

    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        Client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public async Task<JsonNode> GetJsonAsync(string path) => JsonNode.Parse(await Client.GetStringAsync(path))!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
