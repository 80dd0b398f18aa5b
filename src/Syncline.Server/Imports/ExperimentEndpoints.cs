using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Server.Browse;
using Syncline.Server.Hosting;
using Syncline.Server.Security;
using Syncline.Storage;
using Syncline.Storage.Serving;

namespace Syncline.Server.Imports;

/// <summary>Experiments over HTTP, and the records that stand for personas in them.</summary>
internal static class ExperimentEndpoints
{
    private const int MostRows = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder experiments = api.MapGroup("/experiments").WithTags("Experiments");
        experiments.MapGet("/", async (SqliteStore store, CancellationToken token) => TypedResults.Ok(await store.Experiments.ListAsync(token))).WithSummary("Experiments by name.");
        experiments.MapGet("/{id:long}", async (SqliteStore store, long id, CancellationToken token) => await store.Experiments.FindAsync(id, token) is { } found ? TypedResults.Ok(found) : Unknown(id)).WithSummary("One experiment.");
        experiments.MapGet("/{id:long}/personas", PersonasAsync).WithSummary("The assigned records with their attributes, in the order of their assignment.");
        RouteGroupBuilder writes = experiments.MapGroup("").RequireAuthorization(Roles.Operator);
        writes.MapPost("/", CreateAsync).WithSummary("Makes an experiment. Names are unique without regard to case.").ProducesProblem(StatusCodes.Status409Conflict);
        writes.MapDelete("/{id:long}", DeleteAsync).WithSummary("Deletes an experiment with its assignments; the records stay.");
        writes.MapPost("/{id:long}/records", AssignAsync).WithSummary("Assigns imported records.");
        writes.MapDelete("/{id:long}/records/{record}", UnassignAsync).WithSummary("Takes a record out of an experiment.");
    }

    private static async Task<IResult> PersonasAsync(SqliteStore store, ImportDesk desk, long id, long? after, int? take, CancellationToken cancellationToken)
    {
        if (await store.Experiments.FindAsync(id, cancellationToken) is null) return Unknown(id);
        int rows = Math.Clamp(take ?? 50, 1, MostRows);
        IReadOnlyList<ExperimentRecord> found = await store.Experiments.RecordsAsync(id, after ?? 0, rows + 1, cancellationToken);
        List<PersonaView> personas = [];
        foreach (ExperimentRecord record in found.Take(rows)) personas.Add(PersonaView.Of(record, record.Imported is { } entry ? await desk.AttributesAsync(entry, cancellationToken) : null));
        return TypedResults.Ok(new Paged<PersonaView>(personas, found.Count > rows ? found[rows - 1].Position.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> CreateAsync(SqliteStore store, HttpContext context, ExperimentRequest request, CancellationToken cancellationToken)
    {
        string name = ExperimentNames.Clean(request.Name, ExperimentNames.Longest) ?? throw new UsageException("An experiment needs a name.", "Send it as name.");
        if (await store.Experiments.CreateAsync(name, ExperimentNames.Clean(request.Description, ExperimentNames.LongestDescription), cancellationToken) is not { } made) return TypedResults.Problem(title: $"There is an experiment '{name}'.", statusCode: StatusCodes.Status409Conflict);
        await store.AuditLog.WriteAsync(context.User.Who(), "made an experiment", $"experiment {made.Id}", null, cancellationToken);
        return TypedResults.Created($"/api/v1/experiments/{made.Id}", made);
    }

    private static async Task<IResult> DeleteAsync(SqliteStore store, HttpContext context, long id, CancellationToken cancellationToken)
    {
        if (!await store.Experiments.DeleteAsync(id, cancellationToken)) return Unknown(id);
        await store.AuditLog.WriteAsync(context.User.Who(), "deleted an experiment", $"experiment {id}", null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> AssignAsync(SqliteStore store, BrowseDesk browse, HttpContext context, long id, AssignRequest request, CancellationToken cancellationToken)
    {
        if (await store.Experiments.FindAsync(id, cancellationToken) is null) return Unknown(id);
        string connection = browse.NameOf(request.Connection);
        IReadOnlyList<string> ids = request.Ids ?? [];
        string[] strangers = [.. ids.Except((await store.Imports.FindAsync(connection, [.. ids], cancellationToken)).Keys)];
        if (strangers.Length > 0) throw new UsageException($"No record '{strangers[0]}' of {connection} was imported.", "Import it first: POST /imports/attio.");
        int assigned = await store.Experiments.AssignAsync(id, connection, ids, cancellationToken);
        await store.AuditLog.WriteAsync(context.User.Who(), "assigned records", $"experiment {id}", $"{assigned} records", cancellationToken);
        return TypedResults.Ok(new AssignedView(assigned));
    }

    private static async Task<IResult> UnassignAsync(SqliteStore store, BrowseDesk browse, HttpContext context, long id, string record, string? connection, CancellationToken cancellationToken)
    {
        if (await store.Experiments.UnassignAsync(id, connection ?? browse.NameOf(null), [record], cancellationToken) == 0) return TypedResults.Problem(title: $"Record '{record}' is not in experiment {id}.", statusCode: StatusCodes.Status404NotFound);
        await store.AuditLog.WriteAsync(context.User.Who(), "unassigned records", $"experiment {id}", "1 record", cancellationToken);
        return TypedResults.NoContent();
    }

    private static IResult Unknown(long id) => TypedResults.Problem(title: $"There is no experiment {id}.", statusCode: StatusCodes.Status404NotFound);
}

internal sealed record ExperimentRequest(string? Name, string? Description);

/// <param name="Connection">May be left out where one connection is Attio's.</param>
internal sealed record AssignRequest(string? Connection, IReadOnlyList<string>? Ids);

/// <param name="Assigned">How many were not in it before.</param>
internal sealed record AssignedView(int Assigned);

/// <summary>A record that stands for a persona.</summary>
/// <param name="Name">Null when it was never imported.</param>
/// <param name="WebUrl">Its page at the provider, to follow results up.</param>
/// <param name="Attributes">As its file has them now; null when there is no such file.</param>
internal sealed record PersonaView(string Connection, string Id, string? Type, string? Name, string? WebUrl, string? File, DateTimeOffset AssignedAt, JsonObject? Attributes)
{
    public static PersonaView Of(ExperimentRecord r, JsonObject? attributes) => new(r.Connection, r.RecordId, r.Imported?.Type, r.Imported?.Name, r.Imported?.WebUrl, r.Imported?.File, r.AssignedAt, attributes);
}
