using System.CommandLine;
using System.Text.Json.Nodes;
using Syncline.Composition.Secrets;
using Syncline.Composition.Telling;
using Syncline.Composition.Webhooks;
using Syncline.Connectors;
using Syncline.Limits;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline connect</c>.</summary>
internal static class ConnectCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> name = host.ConnectionArgument();
        Option<string?> webhooks = new("--webhooks") { Description = "Also make its webhooks at the provider, for the server that the world reaches at this address.", HelpName = "URL" };
        ExampledCommand command = new(
            "connect", "Test a connection's credential with one call.",
            "syncline connect attio",
            "syncline connect attio --webhooks https://syncline.example.com",
            "syncline connect heyreach --json") { name, webhooks };
        host.On(command, async (session, cancellationToken) =>
        {
            session.Warn();
            if (!session.Workspace.HasDatabase) session.Workspace.PaceWith(new LocalRateLedger());
            string connection = session.Parsed.GetRequiredValue(name);
            Uri? url = CommandHost.PublicUrlOf(session.Parsed.GetValue(webhooks));
            Finding finding = await session.Workspace.Open(connection).Doctor.TestAsync(cancellationToken);
            ConnectionWebhooks? made = url is null || finding.Severity == Severity.Error ? null : await RegisterAsync(session, connection, url, cancellationToken);
            Tell(session, connection, finding, made);
            return finding.Severity == Severity.Error ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    public static Command CreateDisconnect(CommandHost host)
    {
        Argument<string> name = host.ConnectionArgument();
        Option<bool> yes = CommandHost.YesOption();
        ExampledCommand command = new(
            "disconnect", "Remove a connection's webhooks at its provider and forget its stored keys; its records stay.",
            "syncline disconnect attio",
            "syncline disconnect attio --yes") { name, yes };
        host.On(command, async (session, cancellationToken) =>
        {
            string connection = session.Parsed.GetRequiredValue(name);
            if (session.Workspace.Configuration.Connections.All(c => c.Name != connection)) throw new UsageException($"There is no connection '{connection}'.", "The configuration names them under connections.");
            int count = session.Workspace.HasDatabase ? (await session.Workspace.Store.WebhookSubscriptions.ListAsync(connection, cancellationToken)).Count : 0;
            if (!session.Confirm($"Remove {count} webhooks of {connection} at its provider, and forget its stored keys?", session.Parsed.GetValue(yes))) return ExitCode.Failed;
            if (count > 0) await RemoveAsync(session, connection, cancellationToken);
            if (session.Workspace.Vault is { } vault) await vault.ForgetAsync(connection, cancellationToken);
            if (session.IsJson) session.Terminal.Json(new JsonObject { ["connection"] = connection, ["webhooks"] = count });
            else session.Terminal.Out.WriteLine($"{connection}: {count} webhooks removed, stored keys forgotten.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ConnectionWebhooks> RegisterAsync(Session session, string connection, Uri url, CancellationToken cancellationToken)
    {
        using Registrations registrations = RegistrationsOf(session, url);
        return await registrations.RegisterAsync(connection, cancellationToken);
    }

    private static async Task RemoveAsync(Session session, string connection, CancellationToken cancellationToken)
    {
        using Registrations registrations = RegistrationsOf(session, null);
        await registrations.RemoveAsync(connection, cancellationToken);
    }

    private static Registrations RegistrationsOf(Session session, Uri? url)
    {
        WebhookSecrets secrets = new(() => session.Workspace, session.Workspace.Store, KeyRing.Open(session.Workspace.Store, session.Workspace.DataFolder, session.Clock));
        return new(() => session.Workspace, session.Workspace.Store, secrets, url, session.Clock);
    }

    private static void Tell(Session session, string connection, Finding finding, ConnectionWebhooks? made)
    {
        if (session.IsJson)
        {
            JsonObject found = Findings.Json(connection, finding);
            if (made is not null) found["webhooks"] = made.Registered.Count;
            session.Terminal.Json(found);
            return;
        }
        session.Terminal.Out.WriteLine($"{connection}: {finding.Message}{(finding.Remedy is null ? "" : " " + finding.Remedy)}");
        if (made is not null) session.Terminal.Out.WriteLine($"{connection}: {made.Registered.Count} webhooks deliver to {made.Url}");
    }
}

/// <summary>What the doctor found, shown.</summary>
internal static class Findings
{
    public static JsonObject Json(string connection, Finding finding) => new()
    {
        ["connection"] = connection,
        ["severity"] = Word(finding.Severity),
        ["subject"] = finding.Subject,
        ["message"] = finding.Message,
        ["remedy"] = finding.Remedy,
        ["fix"] = finding.FixDescription,
    };

    public static string Word(Severity severity) => severity switch
    {
        Severity.Good => "good",
        Severity.Advice => "advice",
        Severity.Warning => "warning",
        _ => "error",
    };
}
