using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Syncline.Composition.Imports;

/// <summary>What a run of git left behind.</summary>
/// <param name="Output">Standard output, byte by byte: a file's content is among what is asked for.</param>
internal sealed record GitAnswer(int Code, byte[] Output, string Error)
{
    public bool IsSuccess => Code == 0;

    public string Text => Encoding.UTF8.GetString(Output);
}

/// <summary>Runs the git command line in one folder. Arguments go as a list, through no shell.</summary>
/// <param name="program">The program's name or path.</param>
internal sealed class GitCommand(string folder, string program = "git")
{
    public const string LiteralPaths = "GIT_LITERAL_PATHSPECS";

    // Set inside a hook of another repository, these would lead our calls there.
    private static readonly string[] Misleading = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX"];

    public string Folder => folder;

    /// <param name="paths">Paths below the folder, taken letter by letter; null where the call takes none. They go through standard input, which has no length limit.</param>
    /// <exception cref="GitException">Git is not there.</exception>
    public async Task<GitAnswer> RunAsync(IReadOnlyList<string> arguments, IReadOnlyList<string>? paths, IReadOnlyDictionary<string, string>? variables, CancellationToken cancellationToken)
    {
        using Process git = Start([.. arguments, .. paths is null ? (string[])[] : ["--pathspec-from-file=-", "--pathspec-file-nul"]], variables);
        try
        {
            Task<byte[]> output = ReadAsync(git.StandardOutput.BaseStream, cancellationToken);
            Task<byte[]> error = ReadAsync(git.StandardError.BaseStream, cancellationToken);
            await TellAsync(git, paths, cancellationToken);
            await git.WaitForExitAsync(cancellationToken);
            return new(git.ExitCode, await output, Encoding.UTF8.GetString(await error).Trim());
        }
        catch (OperationCanceledException)
        {
            git.Kill(entireProcessTree: true);
            throw;
        }
    }

    public Task<GitAnswer> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => RunAsync(arguments, null, null, cancellationToken);

    private Process Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables)
    {
        ProcessStartInfo start = new(program) { WorkingDirectory = folder, UseShellExecute = false, CreateNoWindow = true, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["--no-pager", .. arguments]) start.ArgumentList.Add(argument);
        foreach (string name in Misleading) start.Environment.Remove(name);
        // Nobody sits there to be asked, and messages are the same in every language.
        (start.Environment["GIT_TERMINAL_PROMPT"], start.Environment["LC_ALL"]) = ("0", "C");
        // A path is a path, whatever signs are in it.
        start.Environment[LiteralPaths] = "1";
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw Directory.Exists(folder)
                ? new GitException($"Git cannot be started: {missing.Message}", "Install git (https://git-scm.com) so that it is found on the PATH, and run the command again.")
                : new GitException($"There is no folder {folder}.", "Make it, and 'git init' in it.");
        }
    }

    private static async Task TellAsync(Process git, IReadOnlyList<string>? paths, CancellationToken cancellationToken)
    {
        try
        {
            if (paths is not null) await git.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\0', paths)), cancellationToken);
            git.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything: its exit code and its words say why.
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using MemoryStream read = new();
        await stream.CopyToAsync(read, cancellationToken);
        return read.ToArray();
    }
}
