using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Syncline.Storage;

namespace Syncline.Composition.Secrets;

/// <summary>The keys that close credentials, sign-in cookies and forms: in the database, closed by a certificate beside it, renewed by the framework every ninety days.</summary>
internal static class KeyRing
{
    /// <summary>The same ring for the server and for commands, so that both open what either has closed.</summary>
    public static void AddTo(IServiceCollection services, SqliteStore store, string dataFolder, TimeProvider clock)
    {
        X509Certificate2 certificate = KeyCertificate.OpenOrCreate(dataFolder, clock);
        services.AddDataProtection().SetApplicationName("Syncline").ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new ProtectionKeyRepository(store.ProtectionKeys));
    }

    public static IDataProtectionProvider Open(SqliteStore store, string dataFolder, TimeProvider clock)
    {
        ServiceCollection services = new();
        services.AddLogging();
        AddTo(services, store, dataFolder, clock);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
    }
}
