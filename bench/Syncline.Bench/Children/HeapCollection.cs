using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Syncline.Bench.Children;

/// <summary>Full collections of another .NET process's heap.</summary>
internal static class HeapCollection
{
    // The runtime begins one when a session with this keyword begins: GCHeapCollectKeyword of its event provider.
    private const long Keyword = 0x800000;

    // What is freed goes back to the system once it has aged, by collections.
    private const int Rounds = 5;

    // A heap of some megabytes takes a tenth of it.
    private static readonly TimeSpan Ample = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(int process)
    {
        for (int i = 0; i < Rounds; i++) await RunOnceAsync(new(process));
    }

    private static async Task RunOnceAsync(DiagnosticsClient client)
    {
        EventPipeProvider runtime = new("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, Keyword);
        using EventPipeSession session = client.StartEventPipeSession(runtime, requestRundown: false);
        await Task.Delay(Ample);
        await session.StopAsync(CancellationToken.None);
    }
}
