using System.Net;
using System.Net.Sockets;
using Syncline.Composition.Telling;

namespace Syncline.Composition.Workspaces;

/// <summary>Where this program lets itself be sent by what somebody typed: to the world, or to this machine, and not into the network around it.</summary>
internal static class AddressGuard
{
    private static readonly IPNetwork[] Inside =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("224.0.0.0/3"), IPNetwork.Parse("::/128"), IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    /// <summary>An address of the world, or of this machine.</summary>
    public static bool IsOpen(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? IsOpen(address.MapToIPv4()) : IPAddress.IsLoopback(address) || !Inside.Any(n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address));

    /// <summary>For an address that came in over the web.</summary>
    /// <exception cref="UsageException">It is no web address, leads into a private network, or would carry a key in the clear.</exception>
    public static async Task CheckAsync(string text, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0) throw new UsageException($"'{text}' is no web address.", "Give it as https://api.example.com.");
        if (address.Scheme == "http" && !address.IsLoopback) throw new UsageException($"{address.Host} would get the key over plain HTTP.", "Use https; plain http is for this machine alone.");
        IPAddress[] known;
        try
        {
            known = IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out IPAddress? literal) ? [literal] : await Dns.GetHostAddressesAsync(address.IdnHost, cancellationToken);
        }
        catch (SocketException)
        {
            throw new UsageException($"There is no host {address.Host}.", "Check the spelling.");
        }
        if (known.Length == 0 || !known.All(IsOpen)) throw new UsageException($"{address.Host} leads into a private network.", "An address of that kind is only taken from syncline.yaml itself, from whoever runs this machine.");
    }
}
