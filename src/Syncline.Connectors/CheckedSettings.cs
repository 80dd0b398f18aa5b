using System.Globalization;
using Syncline.Records;

namespace Syncline.Connectors;

/// <summary>Settings that many providers have, read and checked.</summary>
public static class CheckedSettings
{
    /// <summary>An address that a key may travel to: https, or plain http to this machine.</summary>
    /// <exception cref="ProviderException">The setting is no such address.</exception>
    public static Uri Address(this ConnectionSettings settings, string name, string otherwise, string provider)
    {
        bool isUsable = Uri.TryCreate(settings.Text(name, otherwise), UriKind.Absolute, out Uri? address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback));
        return isUsable ? address! : throw settings.Unusable(name, provider, "an https address; plain http is for this machine only");
    }

    /// <summary>A whole number within bounds, both included.</summary>
    /// <exception cref="ProviderException">The setting is no such number.</exception>
    public static int Whole(this ConnectionSettings settings, string name, int least, int most, int otherwise, string provider)
    {
        string text = settings.Text(name, otherwise.ToString(CultureInfo.InvariantCulture));
        bool isUsable = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most;
        return isUsable ? number : throw settings.Unusable(name, provider, $"a whole number from {least} to {most}");
    }

    /// <summary>The setting by which a user bounds the calls under way.</summary>
    public static SettingDefinition Concurrency { get; } = new("concurrency", "Calls under way at a time, 1 to 100; the limits alone bound them when left out.");

    /// <summary>The secret of webhooks that a user made himself, where the provider takes any or told it when they were made.</summary>
    public static SettingDefinition WebhookSecret { get; } = new("webhook_secret", "What deliveries of webhooks that were made by hand prove themselves with; those that Syncline registers bring their own.") { IsSecret = true };

    /// <summary>As many calls as may be under way at a time; null where nothing is set.</summary>
    /// <exception cref="ProviderException">The setting is no such number.</exception>
    public static int? CallsUnderWay(this ConnectionSettings settings, string provider) =>
        settings.Find(Concurrency.Name) is { Length: > 0 } ? settings.Whole(Concurrency.Name, 1, 100, 1, provider) : null;

    /// <summary>The failure that a setting which cannot be used stands for: thrown when the connection is opened, before any call.</summary>
    /// <param name="wanted">What would be usable: <c>a whole number from 1 to 100</c>.</param>
    public static ProviderException Unusable(this ConnectionSettings settings, string name, string provider, string wanted) => new($"connections.{settings.Name}.{name} must be {wanted}.")
    {
        Operation = $"{provider}.connect",
        Recovery = Recovery.StopRun,
        Hint = $"Correct connections.{settings.Name}.{name} in the configuration.",
    };
}
