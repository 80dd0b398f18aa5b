using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Server.Intake;
using Syncline.Server.Runs;
using Syncline.Server.Security;

namespace Syncline.Server.Hosting;

/// <summary>The server: dashboard, API, webhooks and schedules over one working folder.</summary>
internal sealed class SynclineServer : IAsyncDisposable
{
    // A run that is stopped waits for the calls that are under way, so that none is left without its outcome.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly Premises _premises;
    private readonly IDisposable _claim;

    private SynclineServer(WebApplication app, Premises premises, IDisposable claim) => (_app, _premises, _claim) = (app, premises, claim);

    public IServiceProvider Services => _app.Services;

    /// <summary>Ends in a slash: <c>http://127.0.0.1:5070/</c>.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First() + "/");

    /// <summary>Returns once requests are answered.</summary>
    /// <exception cref="UsageException">It may not listen as it is told to, or the port is taken.</exception>
    public static async Task<SynclineServer> StartAsync(Surroundings surroundings, string? configFile, string? dataFolder, ServeOptions options, CancellationToken cancellationToken)
    {
        Listening.Check(options);
        Premises premises = new(surroundings, configFile, dataFolder);
        IDisposable? claim = null;
        WebApplication? app = null;
        try
        {
            claim = ServerClaim.Take(premises.DataFolder);
            IntakeEndpoints.Forget(premises.DataFolder);
            app = Building.Build(premises, options);
            await app.StartAsync(cancellationToken);
            return new(app, premises, claim);
        }
        catch (Exception failure)
        {
            if (app is not null) await app.DisposeAsync();
            claim?.Dispose();
            premises.Dispose();
            if (failure is IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException }) throw new UsageException($"Port {options.Port} of {options.Address} is taken.", "Stop what listens there, or give another port with --port.");
            throw;
        }
    }

    /// <summary>An address that signs its first caller in as an administrator.</summary>
    public Uri CreateSignInLink(Uri? publicUrl = null) => new(publicUrl ?? Address, $"sign-in/link?code={_app.Services.GetRequiredService<OneTimeLink>().Issue()}");

    /// <summary>Lets runs end their page, takes no more requests, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(StopPatience, _premises.Clock);
        try
        {
            // Runs first: a request may wait for one. What a last request began meanwhile is waited for again.
            LiveRuns live = _app.Services.GetRequiredService<LiveRuns>();
            await live.StopAllAsync(patience.Token);
            await _app.StopAsync(patience.Token);
            await live.StopAllAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // What is still open is resolved by reading back at the next start, as after a crash.
        }
        await _app.DisposeAsync();
        _premises.Dispose();
        _claim.Dispose();
    }
}
