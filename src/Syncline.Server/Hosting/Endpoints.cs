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
    private const string Api = "/api", Version = "/v1", Document = "/openapi", Page = "/docs";

    /// <summary>Takes an address without a version for that of the first: callers were written against such paths before there was one.</summary>
    public static Task Versioned(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(Api, out PathString rest) && !((string[])[Version, Document, Page]).Any(known => rest.StartsWithSegments(known))) context.Request.Path = Api + Version + rest;
        return next(context);
    }

    public static void Map(WebApplication app)
    {
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        SignIn.Map(app);
        Languages.Map(app);
        HealthEndpoints.Map(app);
        Reception.Map(app);
        MapApi(app.MapGroup(Api + Version));
        app.MapOpenApi(Api + Document + "/{documentName}.json");
        app.UseSwaggerUI(ui =>
        {
            (ui.RoutePrefix, ui.DocumentTitle) = (Api[1..] + Page, "Syncline API");
            ui.SwaggerEndpoint(Api + Document + "/v1.json", "Syncline API, version 1");
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
