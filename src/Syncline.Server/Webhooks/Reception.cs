using Syncline.Composition.Webhooks;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Syncline.Composition.Configuration;
using Syncline.Connectors;
using Syncline.Records;
using Syncline.Server.Hosting;
using Syncline.Storage;

namespace Syncline.Server.Webhooks;

/// <summary>Takes deliveries in: one that is genuine is on the disk before it is answered, whatever else is not kept.</summary>
internal sealed class Reception(Premises premises, SqliteStore store, WebhookSecrets secrets, WebhookAddress address, Strangers strangers, Refusals refusals, InboxBell bell, TimeProvider clock)
{
    // Providers come back within minutes and give up after days.
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (string route in (string[])["/{connection}", "/{connection}/{secret}"])
        {
            routes.MapPost(Registrations.Path + route, (HttpContext http, string connection, string? secret, Reception reception, CancellationToken token) => reception.ReceiveAsync(http, connection, secret, token)).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private async Task<IResult> ReceiveAsync(HttpContext http, string name, string? pathSecret, CancellationToken cancellationToken)
    {
        if (strangers.TurnedAwayFor(http.Connection.RemoteIpAddress) is { } wait) return Later(http, wait, StatusCodes.Status429TooManyRequests);
        try
        {
            // Who is told that there is no such connection may not come again.
            if (premises.TryConfiguration().Configuration is not { } configuration) return Later(http, ComeAgain, StatusCodes.Status503ServiceUnavailable);
            if (WebhookAddress.Find(configuration, name) is not { } configured) return Stranger(http, StatusCodes.Status404NotFound);
            Connection connection = premises.Current.Open(configured.Name);
            if (connection.Webhooks is null) return Stranger(http, StatusCodes.Status404NotFound);
            if (await BoundedBody.ReadAsync(http.Request, WebhookRequest.LargestBody, cancellationToken) is not { } body) return Stranger(http, StatusCodes.Status413PayloadTooLarge);
            WebhookRequest request = new(header => http.Request.Headers[header] is { Count: > 0 } values ? values.ToString() : null, body) { PathSecret = pathSecret, Url = address.Asked(http.Request) };
            if (await OpenAsync(connection, request, cancellationToken) is not { } delivery) return Disbelieved(http, connection.Name);
            (_, bool isNew) = await store.Inbox.AcceptAsync(connection.Name, delivery.Id, KeptHints.Of(delivery).ToJson(), body, cancellationToken);
            if (isNew) bell.Ring();
            return TypedResults.Ok();
        }
        catch (ProviderException failure)
        {
            return Later(http, failure.RetryAfter ?? ComeAgain, StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception failure) when (failure is StorageException or ConfigurationException)
        {
            return Later(http, ComeAgain, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<Delivery?> OpenAsync(Connection connection, WebhookRequest request, CancellationToken cancellationToken)
    {
        foreach (string secret in await secrets.OfAsync(connection, cancellationToken))
        {
            if (await connection.Webhooks!.OpenAsync(request, secret, clock.GetUtcNow(), cancellationToken) is { } delivery) return delivery;
        }
        return null;
    }

    private StatusCodeHttpResult Disbelieved(HttpContext http, string connection)
    {
        refusals.Note(connection);
        return Stranger(http, StatusCodes.Status401Unauthorized);
    }

    private StatusCodeHttpResult Stranger(HttpContext http, int status)
    {
        strangers.Note(http.Connection.RemoteIpAddress);
        return TypedResults.StatusCode(status);
    }

    private static StatusCodeHttpResult Later(HttpContext http, TimeSpan wait, int status)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return TypedResults.StatusCode(status);
    }
}
