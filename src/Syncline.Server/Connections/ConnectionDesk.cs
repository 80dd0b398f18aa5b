using Syncline.Composition.Configuration;
using Syncline.Composition.Secrets;
using Syncline.Composition.Telling;
using Syncline.Composition.Webhooks;
using Syncline.Composition.Workspaces;
using Syncline.Connectors;
using Syncline.Limits;
using Syncline.Records;
using Syncline.Server.Hosting;

namespace Syncline.Server.Connections;

/// <summary>Where a secret of a connection comes from.</summary>
internal enum SecretPlace
{
    Missing,
    File,
    Environment,

    /// <summary>Given on this page, closed at rest.</summary>
    Stored,
}

/// <summary>One connection as it is set up.</summary>
/// <param name="Secrets">Its secret settings, and where each comes from.</param>
internal sealed record ConnectionStanding(string Name, string Provider, string? BaseUrl, IReadOnlyList<(string Setting, string? Variable, SecretPlace Place)> Secrets);

/// <summary>Adds, tests and mends connections.</summary>
internal sealed class ConnectionDesk(Premises premises, Registrations webhooks)
{
    private const string BaseUrl = "base_url";

    public IReadOnlyList<IProvider> Providers => premises.Surroundings.Providers;

    public IReadOnlyList<ConnectionStanding> List()
    {
        Workspace workspace = premises.Current;
        return [.. workspace.ConfigurationOrNone.Connections.Select(c => new ConnectionStanding(c.Name, c.Provider, c.Settings.GetValueOrDefault(BaseUrl), [.. Of(c.Provider).Settings.Where(s => s.IsSecret && c.Settings.ContainsKey(s.Name)).Select(s => Secret(workspace, c, s.Name))]))];
    }

    /// <exception cref="UsageException">What was given cannot be a connection.</exception>
    public async Task AddAsync(string name, string provider, IReadOnlyDictionary<string, string> given, string who, CancellationToken cancellationToken)
    {
        IProvider known = Of(provider);
        if (given.GetValueOrDefault(BaseUrl) is { Length: > 0 } address) await AddressGuard.CheckAsync(address, cancellationToken);
        List<(string, string)> written = [];
        List<(string Setting, string Value)> secrets = [];
        foreach (SettingDefinition setting in known.Settings.Where(s => given.GetValueOrDefault(s.Name) is { Length: > 0 }))
        {
            string value = given[setting.Name].Trim();
            if (!setting.IsSecret && value.Contains("${", StringComparison.Ordinal)) throw new UsageException($"{setting.Name} must not name a variable.", "Variables are written in syncline.yaml itself.");
            written.Add((setting.Name, setting.IsSecret ? $"${{{ConfigurationEditor.VariableOf(name, setting.Name)}}}" : value));
            if (setting.IsSecret) secrets.Add((setting.Name, value));
        }
        await premises.Editing.WaitAsync(cancellationToken);
        try
        {
            Editor().AddConnection(name, provider, written);
            foreach ((string setting, string value) in secrets) await premises.Vault.SaveAsync(name, setting, value, cancellationToken);
            premises.Reload();
        }
        finally
        {
            premises.Editing.Release();
        }
        await premises.Store.AuditLog.WriteAsync(who, "added a connection", name, provider, cancellationToken);
    }

    /// <summary>The next call uses it.</summary>
    /// <exception cref="UsageException">There is no such secret of that connection.</exception>
    public async Task RotateAsync(string connection, string setting, string value, string who, CancellationToken cancellationToken)
    {
        ConnectionStanding standing = List().FirstOrDefault(c => c.Name == connection) ?? throw Unknown(connection);
        (string, string? Variable, SecretPlace) secret = standing.Secrets.FirstOrDefault(s => s.Setting == setting);
        if (secret.Variable is null) throw new UsageException($"{setting} of '{connection}' cannot be given here.", $"Write it as ${{NAME}} in syncline.yaml first: what stands in the file itself is the file's.");
        if (string.IsNullOrWhiteSpace(value)) throw new UsageException("An empty key opens nothing.", "Paste the whole key.");
        await premises.Vault.SaveAsync(connection, setting, value.Trim(), cancellationToken);
        await premises.Store.AuditLog.WriteAsync(who, "rotated a key", $"{connection}.{setting}", null, cancellationToken);
    }

    /// <summary>Tries a key without keeping it.</summary>
    /// <param name="connection">Whose other settings count; null for one that is not there yet.</param>
    public async Task<Finding> TryAsync(string provider, string? connection, string setting, string value, CancellationToken cancellationToken)
    {
        using Workspace workspace = premises.Open(Priority.Manual);
        ConnectionSettings settings = new(connection ?? provider, name => name == setting ? value.Trim() : connection is null ? null : workspace.FindSetting(connection, name));
        return await Of(provider).Open(settings, new(workspace.Http, workspace.Clock, workspace.Governor, Priority.Manual)).Doctor.TestAsync(cancellationToken);
    }

    /// <summary>Makes a connection's webhooks, where its provider has an API for that and this server an address.</summary>
    /// <returns>What came of it; null where nothing is to be done.</returns>
    public async Task<Finding?> RegisterAsync(string connection, string who, CancellationToken cancellationToken)
    {
        if (!webhooks.CanRegister(connection)) return null;
        try
        {
            ConnectionWebhooks made = await webhooks.RegisterAsync(connection, cancellationToken);
            await premises.Store.AuditLog.WriteAsync(who, "webhook.register", connection, null, cancellationToken);
            return new(Severity.Good, "webhooks", $"{made.Registered.Count} webhooks deliver to {made.Url}.");
        }
        catch (ProviderException refused)
        {
            return new(Severity.Warning, "webhooks", $"They could not be made: {refused.Message}") { Remedy = refused.Hint };
        }
    }

    /// <summary>Removes the webhooks that were made for it and forgets its stored keys; variables count again, and its line of the configuration stays.</summary>
    /// <returns>How many webhooks were removed.</returns>
    /// <exception cref="ProviderException">The webhooks could not be removed. The keys are still there, so that it can be done again.</exception>
    public async Task<int> DisconnectAsync(string connection, string who, CancellationToken cancellationToken)
    {
        if (List().All(c => c.Name != connection)) throw Unknown(connection);
        int count = await webhooks.CountAsync(connection, cancellationToken);
        if (count > 0) await webhooks.RemoveAsync(connection, cancellationToken);
        await premises.Vault.ForgetAsync(connection, cancellationToken);
        premises.Reload();
        await premises.Store.AuditLog.WriteAsync(who, "disconnected", connection, $"{count} webhooks", cancellationToken);
        return count;
    }

    public async Task<Finding> TestAsync(string connection, CancellationToken cancellationToken)
    {
        using Workspace workspace = premises.Open(Priority.Manual);
        return await workspace.Open(connection).Doctor.TestAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Finding>> ExamineAsync(string connection, CancellationToken cancellationToken)
    {
        using Workspace workspace = premises.Open(Priority.Manual);
        return await new Examination(workspace).OfAsync(connection, cancellationToken);
    }

    /// <summary>Does all that can be done by calls; what could not be is in the second look.</summary>
    /// <returns>What is found afterwards, and what the provider refused.</returns>
    public async Task<(IReadOnlyList<Finding> Found, IReadOnlyList<string> Refused)> FixAsync(string connection, string who, CancellationToken cancellationToken)
    {
        using Workspace workspace = premises.Open(Priority.Manual);
        Examination examination = new(workspace);
        List<string> refused = [];
        foreach (Finding finding in (await examination.OfAsync(connection, cancellationToken)).Where(f => f.FixAsync is not null))
        {
            try
            {
                await finding.FixAsync!(cancellationToken);
                await premises.Store.AuditLog.WriteAsync(who, "mended a connection", connection, finding.FixDescription ?? finding.Subject, cancellationToken);
            }
            catch (ProviderException failure)
            {
                refused.Add($"{finding.Subject}: {failure.Message} {failure.Hint}".TrimEnd());
            }
        }
        return (await examination.OfAsync(connection, cancellationToken), refused);
    }

    /// <summary>Of the file in use; where nothing at all is configured, of a first one.</summary>
    private ConfigurationEditor Editor()
    {
        Workspace current = premises.Current;
        if (current.ConfigurationFile is { } file && !File.Exists(file)) throw new UsageException($"{Path.GetFileName(file)} is not there at this moment.", "Put it back, then add the connection.");
        if (current is { ConfigurationFile: null, ConfigurationOrNone.Connections.Count: > 0 }) throw new UsageException("The environment alone is the configuration here: a file with this connection would hide the others, and their sync.", "Write a file first, as 'syncline init' does.");
        return new(Providers, current.Variables, current.ConfigurationFile ?? Path.Combine(premises.Folder, ConfigurationReader.FileName));
    }

    private IProvider Of(string provider) => Providers.FirstOrDefault(p => p.Name == provider) ?? throw new UsageException($"'{provider}' is no provider.", $"Known: {string.Join(", ", Providers.Select(p => p.Name))}.");

    private static (string, string?, SecretPlace) Secret(Workspace workspace, ConnectionConfiguration connection, string setting)
    {
        string raw = connection.Settings[setting];
        if (Variables.NamesIn(raw).FirstOrDefault() is not { } variable) return (setting, null, SecretPlace.File);
        CredentialVault? vault = workspace.Vault;
        return (setting, variable, vault?.Holds(connection.Name, setting) == true ? SecretPlace.Stored : workspace.Variables.Expand(raw) is null ? SecretPlace.Missing : SecretPlace.Environment);
    }

    private static UsageException Unknown(string connection) => new($"There is no connection '{connection}'.", "Add it first.");
}
