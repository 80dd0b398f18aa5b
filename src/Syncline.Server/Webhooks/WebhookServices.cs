using Microsoft.AspNetCore.DataProtection;
using Syncline.Composition.Webhooks;
using Syncline.Server.Hosting;
using Syncline.Storage;

namespace Syncline.Server.Webhooks;

/// <summary>What webhooks need of a server.</summary>
internal static class WebhookServices
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<WebhookAddress>().AddSingleton<Strangers>().AddSingleton<Refusals>();
        services.AddSingleton<InboxBell>().AddSingleton<Reception>();
        services.AddSingleton(provider => new WebhookSecrets(() => provider.GetRequiredService<Premises>().Current, provider.GetRequiredService<SqliteStore>(), provider.GetRequiredService<IDataProtectionProvider>()));
        services.AddSingleton(provider => new Registrations(
            () => provider.GetRequiredService<Premises>().Current, provider.GetRequiredService<SqliteStore>(), provider.GetRequiredService<WebhookSecrets>(), provider.GetRequiredService<ServeOptions>().PublicUrl, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<InboxWorker>();
    }
}
