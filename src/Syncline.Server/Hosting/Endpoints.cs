using Microsoft.AspNetCore.OpenApi;
using Syncline.Server.Connections;
using Syncline.Server.Health;
using Syncline.Server.Intake;
using Syncline.Server.Layout;
using Syncline.Server.Runs;
using Syncline.Server.Security;
using Syncline.Server.Settings;
using Syncline.Server.Syncs;
using Syncline.Server.Webhooks;

namespace Syncline.Server.Hosting;

/// <summary>Everything that can be asked for by its address.</summary>
internal static class Endpoints
{
    public static void Map(WebApplication app)
    {
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        SignIn.Map(app);
        Languages.Map(app);
        HealthEndpoints.Map(app);
        Reception.Map(app);
        // The second address is for callers that were written against the paths without a version.
        MapApi(app.MapGroup("/api/v1"));
        MapApi(app.MapGroup("/api").ExcludeFromDescription());
        app.MapOpenApi("/api/openapi/{documentName}.json");
        app.UseSwaggerUI(ui =>
        {
            (ui.RoutePrefix, ui.DocumentTitle) = ("api/docs", "Syncline API");
            ui.SwaggerEndpoint("/api/openapi/v1.json", "Syncline API, version 1");
        });
    }

    public static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new() { Title = "Syncline", Version = "1", Description = "Keeps a go-to-market stack in step: syncs, runs, contacts, leads, imports. Sign in with an API token: Authorization: Bearer syncline_…" };
        return Task.CompletedTask;
    });

    private static void MapApi(RouteGroupBuilder api)
    {
        api.AddEndpointFilter<CookieWrites>();
        api.RequireAuthorization(Roles.Viewer);
        SyncEndpoints.Map(api);
        IntakeEndpoints.Map(api);
        ConnectionEndpoints.Map(api);
        SettingsEndpoints.Map(api);
        RunEndpoints.Map(api);
        UndoEndpoints.Map(api);
        Contacts.ContactEndpoints.Map(api);
        Failures.FailureEndpoints.Map(api);
        Conflicts.ConflictEndpoints.Map(api);
        Leads.LeadEndpoints.Map(api);
        Imports.ImportEndpoints.Map(api);
        Imports.ExperimentEndpoints.Map(api);
        WebhookEndpoints.Map(api);
        Figures.FigureEndpoints.Map(api);
        Mappings.MappingEndpoints.Map(api);
    }
}
