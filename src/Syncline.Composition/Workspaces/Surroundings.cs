using System.Net.Http;
using Syncline.Composition.Telling;
using Syncline.Connectors;

namespace Syncline.Composition.Workspaces;

/// <summary>What the program takes from outside; tests put their own in. Nothing here is made before it is asked for.</summary>
internal sealed class Surroundings
{
    private readonly Lazy<IReadOnlyList<IProvider>> _providers;

    public Surroundings(Func<IReadOnlyList<IProvider>> providers) => _providers = new(providers);

    public required string WorkingFolder { get; init; }

    /// <summary>A variable of the process's environment.</summary>
    public required Func<string, string?> Variable { get; init; }

    public required Terminal Terminal { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Func<HttpMessageHandler> Http { get; init; } = OutgoingHttp;

    public IReadOnlyList<IProvider> Providers => _providers.Value;

    public static Surroundings OfProcess() => new(Catalogue.Providers)
    {
        WorkingFolder = Environment.CurrentDirectory,
        Variable = Environment.GetEnvironmentVariable,
        Terminal = Terminal.OfProcess(Environment.GetEnvironmentVariable),
    };

    private static SocketsHttpHandler OutgoingHttp() => new()
    {
        // Names are resolved anew now and then; the governor, not the number of connections, sets the pace.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 256,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
    };
}
