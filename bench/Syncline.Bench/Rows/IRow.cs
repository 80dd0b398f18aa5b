using Syncline.Bench.Reporting;

namespace Syncline.Bench.Rows;

/// <summary>Something measured.</summary>
internal interface IRow
{
    string Name { get; }

    /// <summary>True for a row that takes a quarter of an hour: left out of a quick run.</summary>
    bool IsLong => false;

    /// <param name="quick">Smaller sizes, for a look.</param>
    Task<Section> RunAsync(bool quick);
}
