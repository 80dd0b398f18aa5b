using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Syncline.Sandbox.Hosting;

/// <summary>The sandbox over HTTP: simulators under <c>/{provider}/</c>, the control API under <c>/_sandbox</c>, a page for people at <c>/</c>.</summary>
/// <remarks>Kestrel without a host, a container or routing: it starts in milliseconds and says nothing on the console.</remarks>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;

    private SandboxServer(KestrelServer kestrel) => _kestrel = kestrel;

    /// <summary>Ends in a slash: <c>http://127.0.0.1:5080/</c>. A provider's base is this and its name.</summary>
    public Uri Address => new(_kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/");

    /// <summary>Returns once requests are answered.</summary>
    /// <exception cref="ArgumentException">The address is not a loopback address, or the port is out of range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxGate gate, SandboxServerOptions options, CancellationToken cancellationToken)
    {
        KestrelServer kestrel = new(Options.Create(Listen(options)), Sockets(), NullLoggerFactory.Instance);
        try
        {
            await kestrel.StartAsync(new SandboxApplication(gate, options.Clock), cancellationToken);
            return new(kestrel);
        }
        catch
        {
            kestrel.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening and cuts what is still open: a sandbox holds nothing that is worth waiting for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _kestrel.StopAsync(new CancellationToken(canceled: true));
        _kestrel.Dispose();
    }

    private static KestrelServerOptions Listen(SandboxServerOptions options)
    {
        KestrelServerOptions kestrel = new() { AddServerHeader = false };
        kestrel.Listen(LoopbackOf(options), listen => listen.Protocols = HttpProtocols.Http1);
        return kestrel;
    }

    private static IPEndPoint LoopbackOf(SandboxServerOptions options)
    {
        if (!IPAddress.IsLoopback(options.Bind))
        {
            throw new ArgumentException($"The sandbox listens on loopback addresses only (127.0.0.1, ::1); {options.Bind} is none.", nameof(options));
        }
        return new(options.Bind, options.Port);
    }

    private static SocketTransportFactory Sockets() => new(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
}
