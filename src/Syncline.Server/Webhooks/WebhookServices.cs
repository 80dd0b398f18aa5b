namespace Syncline.Server.Webhooks;

/// <summary>What webhooks need of a server.</summary>
internal static class WebhookServices
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<WebhookAddress>().AddSingleton<WebhookSecrets>().AddSingleton<Strangers>().AddSingleton<Refusals>();
        services.AddSingleton<InboxBell>().AddSingleton<Reception>().AddSingleton<Registrations>();
        services.AddHostedService<InboxWorker>();
    }
}
