using Syncline.Composition.Configuration;
using Syncline.Server.Hosting;

namespace Syncline.Server.Webhooks;

/// <summary>The addresses that deliveries are sent to.</summary>
internal sealed class WebhookAddress(ServeOptions options)
{
    /// <summary>What was asked for, from the path on, at the public address. Some signatures cover it as it was written.</summary>
    public Uri? Asked(HttpRequest request) => options.PublicUrl is { } url ? new($"{url.AbsoluteUri.TrimEnd('/')}{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}") : null;

    /// <summary>By its name; by its provider's where it is the only one.</summary>
    public static ConnectionConfiguration? Find(SynclineConfiguration configuration, string name)
    {
        if (configuration.Connections.FirstOrDefault(c => c.Name == name) is { } named) return named;
        ConnectionConfiguration[] ofProvider = [.. configuration.Connections.Where(c => c.Provider == name)];
        return ofProvider is [var only] ? only : null;
    }
}
