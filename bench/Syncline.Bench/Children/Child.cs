using System.Diagnostics;
using System.Globalization;
using Syncline.Bench.Reporting;
using Syncline.Connectors.Csv;
using Syncline.Mapping;
using Syncline.Merging;
using Syncline.Storage;

namespace Syncline.Bench.Children;

/// <summary>What is measured in a process of its own: <c>nothing</c>, or <c>import FILE DATABASE</c>.</summary>
internal static class Child
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["import", string file, string database]) await ImportAsync(file, database);
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
        await pipeline.RunAsync(source, new("import", await store.Runs.StartAsync("import", "import", CancellationToken.None), new()), (_, page) => rows += page.Covered, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} {watch.Elapsed.TotalSeconds} {Machine.PeakMegabytes()}"));
    }
}
