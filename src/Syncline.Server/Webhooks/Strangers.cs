using System.Net;
using System.Net.Sockets;

namespace Syncline.Server.Webhooks;

/// <summary>Counts what was not genuine by address, so that a flood of it costs no more than a look-up.</summary>
internal sealed class Strangers(TimeProvider clock)
{
    // A provider whose secret was changed on one side alone sends some, and is let in again within the minute.
    private const int MostAMinute = 60;

    // A sender of many addresses must not fill the memory: who was counted is then forgotten.
    private const int MostAddresses = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Since, int Count)> _seen = new(StringComparer.Ordinal);

    /// <summary>How long an address is still turned away; null when it is not.</summary>
    public TimeSpan? TurnedAwayFor(IPAddress? address)
    {
        lock (_gate)
        {
            if (!_seen.TryGetValue(KeyOf(address), out (DateTimeOffset Since, int Count) seen) || seen.Count < MostAMinute) return null;
            TimeSpan left = seen.Since + Window - clock.GetUtcNow();
            return left > TimeSpan.Zero ? left : null;
        }
    }

    public void Note(IPAddress? address)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_seen.Count >= MostAddresses) _seen.Clear();
            (DateTimeOffset since, int count) = _seen.GetValueOrDefault(KeyOf(address));
            _seen[KeyOf(address)] = now - since < Window ? (since, count + 1) : (now, 1);
        }
    }

    /// <summary>What an address is counted under: whoever has one of IPv6 has 2^64.</summary>
    public static string KeyOf(IPAddress? address) => address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
        ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
        : address?.ToString() ?? "";
}
