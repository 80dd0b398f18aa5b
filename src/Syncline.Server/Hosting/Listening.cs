using System.Net;
using Syncline.Composition.Telling;

namespace Syncline.Server.Hosting;

/// <summary>Whether a server may listen as it is told to.</summary>
internal static class Listening
{
    /// <exception cref="UsageException">Passwords and customers' data would cross a network in the clear.</exception>
    public static void Check(ServeOptions options)
    {
        if (options.Certificate is null != options.CertificateKey is null) throw new UsageException("A certificate needs its key, and a key its certificate.", "Give --certificate and --certificate-key together, both as PEM files.");
        foreach (string? file in new[] { options.Certificate, options.CertificateKey }.Where(f => f is not null && !File.Exists(f))) throw new UsageException($"There is no file {file}.", "Check the path.");
        if (IPAddress.IsLoopback(options.Address) || options.Certificate is not null || options.IsBehindProxy) return;
        throw new UsageException(
            $"Syncline does not listen on {options.Address} without TLS: passwords and your customers' data would cross the network in the clear.",
            "Give --certificate and --certificate-key, or --behind-proxy when a reverse proxy ends TLS in front of it, or leave --listen out to serve this machine alone.");
    }
}
