using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Syncline.Composition.Leads;
using Syncline.Composition.Telling;
using Syncline.Leads;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Server.Security;
using Syncline.Server.Syncs;
using Syncline.Storage;

namespace Syncline.Server.Leads;

/// <summary>The team's leads over HTTP. A lead is written and read as in a file of leads.</summary>
internal static class LeadEndpoints
{
    private const int MostRows = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder leads = api.MapGroup("/leads").WithTags("Leads");
        leads.MapGet("/", ListAsync).WithSummary("Leads by the order of their adding; search, minScore, maxScore, touched, after, take.");
        leads.MapGet("/{id}", FindAsync).WithSummary("One lead, and where it stands at each destination.");
        RouteGroupBuilder writes = leads.MapGroup("").RequireAuthorization(Roles.Operator);
        writes.MapPost("/", AddAsync).WithSummary("Adds a lead; one with the same e-mail address or LinkedIn profile is updated, and keeps what this one does not say.");
        writes.MapPut("/{id}", ReplaceAsync).WithSummary("The lead is as it is sent: what is not said is taken away.");
        writes.MapDelete("/{id}", DeleteAsync).WithSummary("Takes a lead off the list. What other systems hold of it stays, unless a sync carries deletions on.");
        writes.MapPost("/import", ImportAsync).Accepts<string>("application/json", "text/csv").WithSummary("Saves a file of leads, sent as the body: JSON or CSV. ?preview=true says what would become of each and writes nothing.").WithMetadata(new RequestSizeLimitAttribute(LeadUploads.Largest));
        writes.MapPost("/{id}/sync", SyncAsync).WithSummary("Carries this lead alone to Attio. ?sync= where several syncs do.").Produces<LiveView>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(SqliteStore store, string? search, int? minScore, int? maxScore, bool? touched, long? after, int? take, CancellationToken cancellationToken)
    {
        LeadFilter filter = new() { Text = string.IsNullOrWhiteSpace(search) ? null : search, LeastScore = minScore, MostScore = maxScore, HasTouchpoints = touched };
        int rows = Math.Clamp(take ?? 50, 1, MostRows);
        IReadOnlyList<ListedLead> found = await store.Leads.ListAsync(filter, after ?? 0, rows + 1, cancellationToken);
        return TypedResults.Ok(new Paged<JsonObject>([.. found.Take(rows).Select(l => LeadText.Json(l.Lead))], found.Count > rows ? found[rows - 1].Position.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> FindAsync(LeadDesk desk, string id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(id, cancellationToken) is not { } lead) return Unknown(id);
        LeadStanding standing = await desk.StandingAsync(lead.Id, cancellationToken);
        return TypedResults.Ok(new LeadView(LeadText.Json(lead.Lead), lead.EvidenceAt, lead.SavedAt, LeadText.Json(standing)));
    }

    private static async Task<IResult> AddAsync(SqliteStore store, HttpContext context, JsonElement sent, CancellationToken cancellationToken)
    {
        LeadsRead read = LeadJson.Read(sent.GetRawText());
        if (sent.ValueKind != JsonValueKind.Object) return Refused([new("", "One lead is wanted here; a list goes to /leads/import.")]);
        return read.Leads is [var lead] ? await SaveAsync(store, context, lead, LeadSaving.Merge, cancellationToken) : Refused(read.Problems);
    }

    private static async Task<IResult> ReplaceAsync(SqliteStore store, LeadDesk desk, HttpContext context, string id, JsonElement sent, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(id, cancellationToken) is not { } known) return Unknown(id);
        LeadsRead read = LeadJson.Read(sent.GetRawText());
        return read.Leads is [var lead] ? await SaveAsync(store, context, lead with { Id = known.Id }, LeadSaving.Replace, cancellationToken) : Refused(read.Problems);
    }

    private static async Task<IResult> SaveAsync(SqliteStore store, HttpContext context, Lead lead, LeadSaving how, CancellationToken cancellationToken)
    {
        LeadSaved saved = (await store.Leads.SaveAsync([lead], how, cancellationToken))[0];
        if (saved.Problem is { } problem) return Refused([problem]);
        await store.AuditLog.WriteAsync(context.User.Who(), saved.Outcome == LeadOutcome.Added ? "added a lead" : "saved a lead", $"lead {saved.Id}", null, cancellationToken);
        SavedLeadView view = new(saved.Id!, LeadText.Word(saved.Outcome));
        return saved.Outcome == LeadOutcome.Added ? TypedResults.Created($"/api/v1/leads/{Uri.EscapeDataString(saved.Id!)}", view) : TypedResults.Ok(view);
    }

    private static async Task<IResult> DeleteAsync(SqliteStore store, LeadDesk desk, HttpContext context, string id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(id, cancellationToken) is not { } lead || !await store.Leads.DeleteAsync(lead.Id, cancellationToken)) return Unknown(id);
        await store.AuditLog.WriteAsync(context.User.Who(), "deleted a lead", $"lead {lead.Id}", null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ImportAsync(LeadUploads uploads, SqliteStore store, HttpContext context, bool? preview, CancellationToken cancellationToken)
    {
        string file = await uploads.KeepAsync(context.Request.Body, cancellationToken);
        try
        {
            if (preview == true) return TypedResults.Ok(LeadText.Json(await uploads.PreviewAsync(file, cancellationToken)));
            LeadImportOutcome outcome = await uploads.SaveAsync(file, cancellationToken);
            await store.AuditLog.WriteAsync(context.User.Who(), "imported leads", $"{outcome.Leads.Count} leads", null, cancellationToken);
            return TypedResults.Ok(LeadText.Json(outcome));
        }
        finally
        {
            uploads.Drop(file);
        }
    }

    private static async Task<IResult> SyncAsync(LeadDesk desk, HttpContext context, string id, string? sync, CancellationToken cancellationToken) =>
        await desk.FindAsync(id, cancellationToken) is { } lead ? SyncEndpoints.Begun(desk.Sync(lead, sync, context.User.Who())) : Unknown(id);

    private static IResult Refused(IReadOnlyList<LeadProblem> problems) => TypedResults.ValidationProblem(
        problems.GroupBy(p => p.Place, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(p => p.Message).ToArray()), title: string.Join(' ', problems.Select(p => p.ToString())));

    private static IResult Unknown(string id) => TypedResults.Problem(title: $"There is no lead '{id}'.", statusCode: StatusCodes.Status404NotFound);
}

/// <summary>A lead, and where it stands.</summary>
/// <param name="Lead">As it would be written in a file of leads.</param>
/// <param name="EvidenceAt">When score, signal, drafts or touchpoints last became others.</param>
/// <param name="Standing">Its places at the destinations, when it was last written there, and what failed.</param>
internal sealed record LeadView(JsonObject Lead, DateTimeOffset EvidenceAt, DateTimeOffset SavedAt, JsonObject Standing);

/// <param name="Outcome">created, updated or unchanged.</param>
internal sealed record SavedLeadView(string Id, string Outcome);
