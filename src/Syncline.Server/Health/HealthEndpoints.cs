using Syncline.Server.Hosting;
using Syncline.Storage;

namespace Syncline.Server.Health;

/// <summary>For whoever watches the process: alive, and able to work.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => TypedResults.Ok(new HealthAnswer("alive", null))).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>503 while the database or the configuration cannot be read. Says which, and no more: anybody may ask.</summary>
    private static async Task<IResult> ReadyAsync(Premises premises, CancellationToken cancellationToken)
    {
        try
        {
            await premises.Store.Runs.LatestAsync(null, 1, cancellationToken);
        }
        catch (StorageException)
        {
            return NotReady("database");
        }
        return premises.TryConfiguration().Problem is null ? TypedResults.Ok(new HealthAnswer("ready", null)) : NotReady("configuration");
    }

    private static IResult NotReady(string what) => TypedResults.Json(new HealthAnswer("not ready", what), statusCode: StatusCodes.Status503ServiceUnavailable);

    private sealed record HealthAnswer(string State, string? Because);
}
