using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Syncline.Cli.Tests.Invented;

/// <summary>A receiver of hooks on this machine, over a socket; it accepts all of them.</summary>
internal sealed class Doorbell : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<(string Path, JsonNode Body)> _rung = Channel.CreateUnbounded<(string, JsonNode)>();
    private readonly Task _answering;

    public Doorbell()
    {
        // A port that was free a moment ago: this listener cannot choose one itself.
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _answering = AnswerAsync();
    }

    public string Address { get; }

    /// <summary>Waits until a hook has come to each of these paths, and answers the first of each.</summary>
    public async Task<Dictionary<string, JsonNode>> RungAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        Dictionary<string, JsonNode> first = [];
        while (!paths.All(first.ContainsKey))
        {
            (string path, JsonNode body) = await _rung.Reader.ReadAsync(cancellationToken);
            first.TryAdd(path, body);
        }
        return first;
    }

    public void Dispose()
    {
        _listener.Close();
        _answering.GetAwaiter().GetResult();
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext arrived = await _listener.GetContextAsync();
                using StreamReader reader = new(arrived.Request.InputStream);
                _rung.Writer.TryWrite((arrived.Request.Url!.AbsolutePath, JsonNode.Parse(await reader.ReadToEndAsync())!));
                arrived.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
