using System.CommandLine;
using Syncline.Cli.Configuration;
using Syncline.Cli.Output;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline init</c>.</summary>
internal static class InitCommand
{
    internal const string Configuration = """
        # yaml-language-server: $schema=./syncline.schema.json
        # Keys come from the environment or from .env beside this file; see docs/configuration.md for everything that can stand here.
        connections:
          heyreach: { provider: heyreach, api_key: "${HR_API_KEY}" }
          attio:    { provider: attio,    api_key: "${ATTIO_API_KEY}" }

        syncs:
          linkedin-to-attio:
            from: [heyreach]
            to: [attio]
            every: 15m

        """;

    private const string Variables = """
        # HeyReach: Integrations, Public API.   Attio: Workspace settings, Developers.
        HR_API_KEY=
        ATTIO_API_KEY=

        """;

    private const string Ignored = """
        .env
        .syncline/

        """;

    public static Command Create(CommandHost host)
    {
        Option<bool> force = new("--force") { Description = "Replace a configuration that is there already." };
        ExampledCommand command = new(
            "init", "Write a configuration into this folder, with the schema your editor completes it by.",
            "syncline init",
            "syncline init --force");
        command.Options.Add(force);
        host.On(command, async (session, cancellationToken) =>
        {
            string folder = session.Surroundings.WorkingFolder;
            string file = Path.Combine(folder, session.Parsed.GetValue(host.Config) ?? ConfigurationReader.FileName);
            if (File.Exists(file) && !session.Parsed.GetValue(force)) throw new UsageException($"{file} is there already.", "--force replaces it.");
            await File.WriteAllTextAsync(file, Configuration, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "syncline.schema.json"), ConfigurationSchema.Shipped(), cancellationToken);
            await WriteIfMissingAsync(Path.Combine(folder, ".env"), Variables, cancellationToken);
            await WriteIfMissingAsync(Path.Combine(folder, ".gitignore"), Ignored, cancellationToken);
            if (session.IsJson) session.Terminal.Json(new System.Text.Json.Nodes.JsonObject { ["file"] = file });
            else session.Terminal.Out.WriteLine($"Written: {file}. Put the keys into .env, then run 'syncline doctor'.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteIfMissingAsync(string file, string text, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) await File.WriteAllTextAsync(file, text, cancellationToken);
    }
}
