using System.Net;

namespace Syncline.Server.Hosting;

/// <summary>Where and how a server listens.</summary>
internal sealed record ServeOptions
{
    public const int UsualPort = 5070;

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes any free one.</summary>
    public int Port { get; init; } = UsualPort;

    /// <summary>A reverse proxy in front ends TLS and says so in X-Forwarded-Proto.</summary>
    public bool IsBehindProxy { get; init; }

    /// <summary>A PEM file with the certificate and its chain; null serves plain HTTP.</summary>
    public string? Certificate { get; init; }

    /// <summary>The PEM file of the certificate's key.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Where the world reaches this server, for providers' webhooks; null where it does not.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Schedules start runs by themselves.</summary>
    public bool RunsSchedules { get; init; } = true;
}
