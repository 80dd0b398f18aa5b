using System.Net.Http;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Merging;

namespace Syncline.Simulation.Bugs;

/// <summary>A mistake put between the parts of the engine, to see whether the campaign would find it. Nothing of it is in the product.</summary>
internal interface IPlantedBug
{
    string Name { get; }

    IHub Wrap(IHub hub) => hub;

    IJournal Wrap(IJournal journal) => journal;

    ISource Wrap(ISource source) => source;

    IDestination Wrap(IDestination destination) => destination;

    IReadOnlyList<FieldMap> Wrap(IReadOnlyList<FieldMap> maps) => maps;

    HttpMessageHandler Wrap(HttpMessageHandler network, TimeProvider clock) => network;

    /// <summary>Null keeps the published limits.</summary>
    IReadOnlyList<RateBudget>? BudgetsOf(string provider) => null;
}

/// <summary>The product as it is.</summary>
internal sealed class NoBug : IPlantedBug
{
    public string Name => "none";
}
