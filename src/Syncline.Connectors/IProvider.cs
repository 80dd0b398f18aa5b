using System.Globalization;
using System.Net.Http;
using Syncline.Extraction;
using Syncline.Limits;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors;

/// <summary>A setting a connection of this provider takes, as it is written in the configuration.</summary>
/// <param name="Name">In snake_case, <c>api_key</c>.</param>
/// <param name="Description">One sentence for the schema and the help.</param>
public sealed record SettingDefinition(string Name, string Description)
{
    public bool IsRequired { get; init; }

    /// <summary>Never shown, logged or written to a report.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Shown in the schema; null when there is none.</summary>
    public string? Default { get; init; }
}

/// <summary>A connection's settings. Secrets are asked for at each use, so that a rotated one is taken up by the next call.</summary>
/// <param name="Name">The connection's name in the configuration.</param>
/// <param name="Find">The value of a setting now; null when it is not set.</param>
public sealed record ConnectionSettings(string Name, Func<string, string?> Find)
{
    public string Text(string name, string otherwise) => Find(name) is { Length: > 0 } value ? value : otherwise;

    /// <exception cref="ProviderException">The setting is not set.</exception>
    public string Required(string name, string provider) => Find(name) is { Length: > 0 } value ? value : throw new ProviderException($"Connection '{Name}' has no {name}.")
    {
        Operation = $"{provider}.connect",
        Recovery = Recovery.StopRun,
        Hint = $"Set connections.{Name}.{name} in the configuration, best as ${{NAME}} from the environment or .env.",
    };
}

/// <summary>Settings that many providers have, read and checked.</summary>
public static class CheckedSettings
{
    /// <summary>An address that a key may travel to: https, or plain http to this machine.</summary>
    /// <exception cref="ProviderException">The setting is no such address.</exception>
    public static Uri Address(this ConnectionSettings settings, string name, string otherwise, string provider)
    {
        bool isUsable = Uri.TryCreate(settings.Text(name, otherwise), UriKind.Absolute, out Uri? address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback));
        return isUsable ? address! : throw Unusable(settings, name, provider, "an https address; plain http is for this machine only");
    }

    /// <summary>A whole number within bounds, both included.</summary>
    /// <exception cref="ProviderException">The setting is no such number.</exception>
    public static int Whole(this ConnectionSettings settings, string name, int least, int most, int otherwise, string provider)
    {
        string text = settings.Text(name, otherwise.ToString(CultureInfo.InvariantCulture));
        bool isUsable = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most;
        return isUsable ? number : throw Unusable(settings, name, provider, $"a whole number from {least} to {most}");
    }

    private static ProviderException Unusable(ConnectionSettings settings, string name, string provider, string wanted) => new($"connections.{settings.Name}.{name} must be {wanted}.")
    {
        Operation = $"{provider}.connect",
        Recovery = Recovery.StopRun,
        Hint = $"Correct connections.{settings.Name}.{name} in the configuration.",
    };
}

/// <summary>What the outside lends a connector.</summary>
/// <param name="Http">Sends requests; the simulation and the tests put their own in.</param>
public sealed record ConnectorParts(HttpMessageInvoker Http, TimeProvider Clock, Governor Governor, Priority Priority)
{
    /// <summary>Replaces every published limit; null keeps them. An empty list switches them off.</summary>
    public IReadOnlyList<RateBudget>? Budgets { get; init; }
}

/// <summary>One opened account of a provider.</summary>
/// <param name="Maps">The shipped field maps of all its streams; a configuration lays its own rules over them.</param>
/// <param name="Permits">Its rate permits and the count of its calls.</param>
public sealed record Connection(string Name, string Provider, IReadOnlyList<FieldMap> Maps, CallPermits Permits)
{
    /// <summary>In the order in which they are read.</summary>
    public IReadOnlyList<ISource> Sources { get; init; } = [];

    public IDestination? Destination { get; init; }

    public required IDoctor Doctor { get; init; }
}

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    Good,
    Advice,

    /// <summary>A run goes on without what is missing.</summary>
    Warning,

    /// <summary>A run would stop.</summary>
    Error,
}

/// <summary>One thing the doctor found.</summary>
/// <param name="Subject">What it is about: <c>people.linkedin_url_6</c>.</param>
/// <param name="Message">What is there or missing, and what follows from it.</param>
public sealed record Finding(Severity Severity, string Subject, string Message)
{
    /// <summary>What the user does, when the doctor cannot; null when there is nothing to do.</summary>
    public string? Remedy { get; init; }

    /// <summary>What <c>--fix</c> would do, in words; null when it cannot be mended by a call.</summary>
    public string? FixDescription { get; init; }

    /// <summary>Mends it; null when it cannot be. Findings are mended in the order in which they were reported.</summary>
    public Func<CancellationToken, Task>? FixAsync { get; init; }
}

/// <summary>Looks at a connection's set-up at the provider.</summary>
public interface IDoctor
{
    /// <summary>Tests the credential alone. One finding, good or not.</summary>
    Task<Finding> TestAsync(CancellationToken cancellationToken);

    /// <summary>Probes what these maps need. Changes nothing.</summary>
    Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken);
}

/// <summary>A provider this program can connect to.</summary>
public interface IProvider
{
    /// <summary>As it is written in the configuration, <c>attio</c>.</summary>
    string Name { get; }

    IReadOnlyList<SettingDefinition> Settings { get; }

    /// <summary>Opens a connection; makes no call.</summary>
    Connection Open(ConnectionSettings settings, ConnectorParts parts);
}
