using System.CommandLine;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;

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

    private static readonly string[] Ignored = [".env", ".syncline/"];

    public static Command Create(CommandHost host)
    {
        Option<bool> force = new("--force") { Description = "Replace a configuration that is there already." };
        ExampledCommand command = new(
            "init", "Write a configuration into this folder, with the schema your editor completes it by.",
            "syncline init",
            "syncline init --force") { force };
        host.On(command, async (session, cancellationToken) =>
        {
            string file = Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, session.Parsed.GetValue(host.Config) ?? ConfigurationReader.FileName));
            string folder = Path.GetDirectoryName(file)!;
            if (File.Exists(file) && !session.Parsed.GetValue(force)) throw new UsageException($"{file} is there already.", "--force replaces it.");
            await File.WriteAllTextAsync(file, Configuration, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "syncline.schema.json"), ConfigurationSchema.Shipped(), cancellationToken);
            await WriteVariablesAsync(Path.Combine(folder, ".env"), cancellationToken);
            await IgnoreAsync(Path.Combine(folder, ".gitignore"), cancellationToken);
            if (session.IsJson) session.Terminal.Json(new System.Text.Json.Nodes.JsonObject { ["file"] = file });
            else session.Terminal.Out.WriteLine($"Written: {file}. Put the keys into .env, then run 'syncline doctor'.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>For its owner alone: it will hold keys.</summary>
    private static async Task WriteVariablesAsync(string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file)) return;
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using StreamWriter writer = new(file, options);
        await writer.WriteAsync(Variables.AsMemory(), cancellationToken);
    }

    /// <summary>Keys and personal data stay out of Git, also where other files were ignored before.</summary>
    private static async Task IgnoreAsync(string file, CancellationToken cancellationToken)
    {
        string there = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : "";
        string[] lines = [.. there.Split('\n').Select(l => l.Trim())];
        string[] missing = [.. Ignored.Where(i => !lines.Contains(i))];
        if (missing.Length == 0) return;
        string gap = there.Length == 0 || there.EndsWith('\n') ? "" : "\n";
        await File.AppendAllTextAsync(file, gap + string.Concat(missing.Select(m => m + "\n")), cancellationToken);
    }
}
