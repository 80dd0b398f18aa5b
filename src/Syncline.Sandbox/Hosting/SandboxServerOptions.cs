using System.Net;

namespace Syncline.Sandbox.Hosting;

/// <summary>Where the sandbox listens.</summary>
public sealed class SandboxServerOptions
{
    /// <summary>A loopback address: the sandbox asks nobody for a key, so it is never offered to a network.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>From 0 to 65535; 0 takes any free port, told by <see cref="SandboxServer.Address"/>.</summary>
    public int Port { get; init; }

    /// <summary>What delays of answers are measured with.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
