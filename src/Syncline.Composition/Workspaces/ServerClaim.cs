using Syncline.Composition.Telling;
using Syncline.Storage;

namespace Syncline.Composition.Workspaces;

/// <summary>One server a data folder: two would each start what is scheduled and take the same deliveries up.</summary>
internal static class ServerClaim
{
    // No sync can be named so: names of the configuration hold no colon at the front.
    private const string Name = ":server";

    /// <exception cref="UsageException">A server works here already.</exception>
    public static IDisposable Take(string dataFolder)
    {
        FileRunLocks locks = new(Path.Combine(dataFolder, "locks"));
        return locks.TryTake(Name) ?? throw new UsageException($"A Syncline server works in {dataFolder} already{(locks.FindHolder(Name) is { } id ? $" (process {id})" : "")}.", "Stop it first, or name another folder with --data.");
    }
}
