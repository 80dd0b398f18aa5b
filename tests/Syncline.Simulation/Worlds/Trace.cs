using System.Security.Cryptography;
using System.Text;
using Syncline.Sandbox;

namespace Syncline.Simulation.Worlds;

/// <summary>A run as one hash: every request with its time, body and answer, in order. The same seed must give the same hash.</summary>
internal static class Trace
{
    public static string HashOf(IEnumerable<LedgerEntry> entries)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (LedgerEntry entry in entries)
        {
            string line = $"{entry.At.UtcTicks} {entry.Provider} {entry.Request.Method} {entry.Request.Path}?{entry.Request.Query} {entry.Status} {entry.Fault} {entry.Request.Body} {entry.Answer}\n";
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
