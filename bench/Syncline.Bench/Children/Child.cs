using System.Diagnostics;
using System.Globalization;
using Syncline.Bench.Flows;
using Syncline.Bench.Reporting;
using Syncline.Connectors;
using Syncline.Connectors.Csv;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Storage;

namespace Syncline.Bench.Children;

/// <summary>What is measured in a process of its own: <c>nothing</c>, <c>import FILE DATABASE</c>, <c>bulk FILE HUB FOLDER</c>, or <c>hubspot FILE FOLDER SANDBOX</c>.</summary>
internal static class Child
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["import", string file, string database]) await ImportAsync(file, database);
        if (arguments is ["bulk", string rows, string hub, string into]) BulkInsert.Run(rows, hub, into);
        if (arguments is ["hubspot", string leads, string folder, string sandbox]) await IntoHubSpotAsync(leads, folder, new(sandbox));
        return 0;
    }

    /// <summary>Prints rows, seconds and the peak of memory in megabytes.</summary>
    private static async Task ImportAsync(string file, string database)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using SqliteDatabase open = SqliteDatabase.Open(database, TimeProvider.System);
        SqliteStore store = new(open);
        CsvSource source = await CsvSource.OpenAsync(new("people", file), CancellationToken.None);
        InboundPipeline pipeline = new(store.Hub, new MapSet().Add("people", source.Maps), TimeProvider.System);
        long rows = 0;
        await pipeline.RunAsync(new ReadAhead(source), new("import", await store.Runs.StartAsync("import", "import", CancellationToken.None), new()), (_, page) => rows += page.Covered, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} {watch.Elapsed.TotalSeconds} {Machine.PeakMegabytes()}"));
    }

    /// <summary>Prints seconds and the peak of memory in megabytes.</summary>
    private static async Task IntoHubSpotAsync(string file, string folder, Uri sandbox)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using HubSpotFlow flow = new(folder, pace: 0, TimeProvider.System);
        await using Network network = Network.To(sandbox, "hubspot");
        await flow.ImportAsync(network, file);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds} {Machine.PeakMegabytes()}"));
    }
}
