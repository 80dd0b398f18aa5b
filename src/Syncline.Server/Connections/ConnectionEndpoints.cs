using Syncline.Connectors;
using Syncline.Server.Hosting;
using Syncline.Server.Security;

namespace Syncline.Server.Connections;

/// <summary>Connections over HTTP. Secrets go in and never come out.</summary>
internal static class ConnectionEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder connections = api.MapGroup("/connections").WithTags("Connections");
        connections.MapGet("/", (ConnectionDesk desk) => TypedResults.Ok<IReadOnlyList<ConnectionView>>([.. desk.List().Select(ConnectionView.Of)])).WithSummary("Every connection, and where its keys come from.");
        connections.MapPost("/", AddAsync).RequireAuthorization(Roles.Admin).WithSummary("Adds a connection to syncline.yaml; its secrets are stored encrypted.").WithMetadata(SecretBody.Marker);
        connections.MapPost("/{name}/test", async (ConnectionDesk desk, string name, CancellationToken token) => TypedResults.Ok(FindingView.Of(await desk.TestAsync(name, token)))).RequireAuthorization(Roles.Operator).WithSummary("Tests the credential with one call.");
        connections.MapGet("/{name}/doctor", async (ConnectionDesk desk, string name, CancellationToken token) => TypedResults.Ok<IReadOnlyList<FindingView>>([.. (await desk.ExamineAsync(name, token)).Select(FindingView.Of)])).RequireAuthorization(Roles.Operator).WithSummary("Probes the set-up at the provider.");
        connections.MapPost("/{name}/doctor/fix", FixAsync).RequireAuthorization(Roles.Admin).WithSummary("Creates what is missing at the provider.");
        connections.MapPut("/{name}/credentials/{setting}", RotateAsync).RequireAuthorization(Roles.Admin).WithSummary("Stores a key; the next call uses it.").WithMetadata(SecretBody.Marker);
        connections.MapPost("/{name}/disconnect", DisconnectAsync).RequireAuthorization(Roles.Admin).WithSummary("Removes its webhooks at the provider and forgets stored keys; variables of the environment count again.");
    }

    private static async Task<IResult> AddAsync(ConnectionDesk desk, HttpContext context, ConnectionRequest request, CancellationToken cancellationToken)
    {
        await desk.AddAsync(request.Name, request.Provider, request.Settings, context.User.Who(), cancellationToken);
        await desk.RegisterAsync(request.Name, context.User.Who(), cancellationToken);
        return TypedResults.Created($"/api/v1/connections/{request.Name}", ConnectionView.Of(desk.List().First(c => c.Name == request.Name)));
    }

    private static async Task<IResult> FixAsync(ConnectionDesk desk, HttpContext context, string name, CancellationToken cancellationToken)
    {
        (IReadOnlyList<Finding> found, IReadOnlyList<string> refused) = await desk.FixAsync(name, context.User.Who(), cancellationToken);
        return TypedResults.Ok(new FixView([.. found.Select(FindingView.Of)], refused));
    }

    private static async Task<IResult> RotateAsync(ConnectionDesk desk, HttpContext context, string name, string setting, CredentialRequest request, CancellationToken cancellationToken)
    {
        await desk.RotateAsync(name, setting, request.Value, context.User.Who(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> DisconnectAsync(ConnectionDesk desk, HttpContext context, string name, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DisconnectedView(await desk.DisconnectAsync(name, context.User.Who(), cancellationToken)));
}

/// <param name="Settings">As docs/configuration.md lists them for the provider; secrets among them.</param>
internal sealed record ConnectionRequest(string Name, string Provider, IReadOnlyDictionary<string, string> Settings);

internal sealed record CredentialRequest(string Value);

/// <summary>A connection as the API shows it.</summary>
internal sealed record ConnectionView(string Name, string Provider, string? BaseUrl, IReadOnlyList<SecretView> Secrets)
{
    public static ConnectionView Of(ConnectionStanding c) => new(c.Name, c.Provider, c.BaseUrl, [.. c.Secrets.Select(s => new SecretView(s.Setting, s.Variable, s.Place.ToString().ToLowerInvariant()))]);
}

/// <param name="Variable">The variable it is written as; null where the file itself holds it.</param>
/// <param name="Place">missing, file, environment or stored.</param>
internal sealed record SecretView(string Setting, string? Variable, string Place);

/// <param name="Severity">good, advice, warning or error.</param>
/// <param name="Fix">What fixing would do; null when it cannot be mended by a call.</param>
internal sealed record FindingView(string Severity, string Subject, string Message, string? Remedy, string? Fix)
{
    public static FindingView Of(Finding f) => new(f.Severity.ToString().ToLowerInvariant(), f.Subject, f.Message, f.Remedy, f.FixAsync is null ? null : f.FixDescription ?? f.Subject);
}

/// <param name="Refused">What the provider refused to have made.</param>
internal sealed record FixView(IReadOnlyList<FindingView> Found, IReadOnlyList<string> Refused);

/// <param name="Webhooks">How many were removed at the provider.</param>
internal sealed record DisconnectedView(int Webhooks);
