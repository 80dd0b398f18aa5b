using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Merging;

/// <summary>Values that an enricher supplied and nobody entered.</summary>
public static class Supplied
{
    private const string Prefix = "enrich:";

    /// <summary>The derived stream of an enricher's answers.</summary>
    public static string StreamOf(string enricher) => Prefix + enricher;

    /// <summary>True for the source of such a value: it gives way to whatever a person or a system of record says.</summary>
    public static bool IsSource(RecordKey source) => source.Connection == SyncScope.Derived && source.Stream.StartsWith(Prefix, StringComparison.Ordinal);
}
