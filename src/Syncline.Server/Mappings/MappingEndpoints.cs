using Syncline.Server.Security;

namespace Syncline.Server.Mappings;

/// <summary>Field maps over HTTP.</summary>
internal static class MappingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder mappings = api.MapGroup("/mappings").WithTags("Mappings");
        mappings.MapGet("/", List).WithSummary("The field maps that runs use, of all connections or of one, and of one kind.");
        mappings.MapPost("/preview", PreviewAsync).RequireAuthorization(Roles.Operator).WithSummary("Tries a rule on up to ten real records of the connection. Reads them at the provider and writes nothing.");
        mappings.MapPut("/{connection}/{kind}/{**field}", SaveAsync).RequireAuthorization(Roles.Admin).WithSummary("Writes a rule to syncline.yaml; the next run goes by it.");
        mappings.MapDelete("/{connection}/{kind}/{**field}", ResetAsync).RequireAuthorization(Roles.Admin).WithSummary("Takes a rule out of syncline.yaml: the shipped one counts again.");
    }

    private static IResult List(MappingDesk desk, string? connection, string? kind) => TypedResults.Ok<IReadOnlyList<MappingView>>(
    [
        .. from maps in desk.List()
           where connection is null || maps.Name == connection
           from sheet in maps.Sheets
           where kind is null || sheet.Map.Kind.Name == kind
           select MappingView.Of(maps, sheet),
    ]);

    private static async Task<IResult> PreviewAsync(MappingDesk desk, PreviewRequest request, CancellationToken cancellationToken) => TypedResults.Ok<IReadOnlyList<PreviewView>>(
        [.. (await desk.PreviewAsync(request.Connection, request.Kind, request.Field, request.Rule?.ToText(), cancellationToken)).Select(PreviewView.Of)]);

    private static async Task<IResult> SaveAsync(MappingDesk desk, HttpContext context, string connection, string kind, string field, RuleRequest rule, CancellationToken cancellationToken)
    {
        await desk.SaveAsync(connection, kind, field, rule.ToText(), context.User.Who(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ResetAsync(MappingDesk desk, HttpContext context, string connection, string kind, string field, CancellationToken cancellationToken)
    {
        await desk.SaveAsync(connection, kind, field, null, context.User.Who(), cancellationToken);
        return TypedResults.NoContent();
    }
}
