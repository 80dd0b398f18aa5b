using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Quartz;
using Radzen;
using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Server.Layout;
using Syncline.Server.Runs;
using Syncline.Server.Schedules;
using Syncline.Server.Security;

namespace Syncline.Server.Hosting;

/// <summary>Puts a server together.</summary>
internal static class Building
{
    // Forms and JSON; uploads say themselves how much they take.
    private const long LargestBody = 2 * 1024 * 1024;

    public static WebApplication Build(Premises premises, ServeOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(Building).Assembly.GetName().Name, EnvironmentName = "Production", ContentRootPath = premises.DataFolder });
        // Settings of other programs on this machine do not move the address or the pages of this one.
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        Log(builder, premises);
        AddServices(builder.Services, premises, options);
        WebApplication app = builder.Build();
        Use(app, options);
        Endpoints.Map(app);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, ServeOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Listen(options.Address, options.Port, listen =>
        {
            if (options.Certificate is not null) listen.UseHttps(System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(options.Certificate, options.CertificateKey));
        });
    }

    private static void Log(WebApplicationBuilder builder, Premises premises)
    {
        LogConfiguration log = premises.TryConfiguration().Configuration?.Log ?? new(null);
        RollingFile file = new(log.File is { } named ? Path.GetFullPath(Path.Combine(premises.Folder, named)) : Path.Combine(premises.DataFolder, "logs", "syncline.log"), log.MaxBytes, log.Keep);
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new FileLoggerProvider(file, premises.Clock));
        // The framework's own word on each request and circuit names addresses and is of no use to anybody.
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        builder.Services.AddSingleton(new AuditTrail(file, premises.Clock));
    }

    private static void AddServices(IServiceCollection services, Premises premises, ServeOptions options)
    {
        services.AddSingleton(premises).AddSingleton(premises.Clock).AddSingleton(premises.Store).AddSingleton(options);
        services.AddSingleton<Contacts.ContactDesk>().AddSingleton<Failures.FailureDesk>().AddSingleton<UndoDesk>();
        services.AddSingleton<LiveRuns>().AddSingleton<RunDesk>().AddSingleton<Syncs.SyncBoard>().AddSingleton<SyncTurns>();
        Webhooks.WebhookServices.AddTo(services);
        SignIn.AddTo(services, premises, options);
        services.AddQuartz();
        services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = false);
        services.AddSingleton<StalenessWatch>().AddHostedService(s => s.GetRequiredService<StalenessWatch>());
        services.AddSingleton<AuditDesk>().AddSingleton<DriftWatch>().AddHostedService(s => s.GetRequiredService<DriftWatch>());
        services.AddSingleton<ScheduleKeeper>().AddHostedService(s => s.GetRequiredService<ScheduleKeeper>());
        services.AddSingleton<Connections.ConnectionDesk>().AddScoped<Settings.People>().AddSingleton<IdempotencyKeys>();
        services.AddSingleton<Leads.LeadDesk>().AddSingleton<Leads.LeadUploads>().AddSingleton<Browse.BrowseDesk>().AddSingleton<Imports.ImportDesk>();
        services.AddSingleton(premises.Governor).AddSingleton<Figures.ThroughputDesk>().AddSingleton<Figures.FigureSampler>().AddHostedService(s => s.GetRequiredService<Figures.FigureSampler>());
        services.AddSingleton<Mappings.MappingDesk>();
        services.AddSingleton<Operations.Measurements>().AddHostedService<Operations.Telemetry>();
        services.AddLocalization();
        services.AddRequestLocalization(Languages.Configure);
        // Letters of every script as they are: escaped, a page in Arabic is six times as long.
        services.AddSingleton(System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
        // An import's choice of 5,000 ids comes back from the browser in one message of 190 kB.
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = 256 << 10);
        services.AddRadzenComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddProblemDetails(Problems.Configure);
        services.AddExceptionHandler<Problems>();
        services.AddOpenApi("v1", Endpoints.Describe);
        services.AddResponseCompression(compression => (compression.EnableForHttps, compression.MimeTypes) = (true, ["text/css", "text/javascript", "application/json"]));
    }

    private static void Use(WebApplication app, ServeOptions options)
    {
        if (options.IsBehindProxy) app.UseForwardedHeaders(Forwarded());
        app.Use(SecurityHeaders.AddAsync);
        app.UseExceptionHandler();
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/api") && !context.Request.Path.StartsWithSegments("/webhooks"), pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new EmbeddedAssets(), OnPrepareResponse = Keep });
        app.Use(Endpoints.Versioned);
        app.UseRouting();
        app.UseRequestLocalization();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<IdempotencyKeys>();
    }

    /// <summary>The last proxy's word is believed; whoever starts the server says that there is one.</summary>
    private static ForwardedHeadersOptions Forwarded()
    {
        ForwardedHeadersOptions forwarded = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        return forwarded;
    }

    /// <summary>A file asked for by its version never changes; the others are asked about again.</summary>
    private static void Keep(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext context) =>
        context.Context.Response.Headers.CacheControl = context.Context.Request.Query.ContainsKey("v") ? string.Create(CultureInfo.InvariantCulture, $"public, max-age={(long)TimeSpan.FromDays(365).TotalSeconds}, immutable") : "no-cache";
}
