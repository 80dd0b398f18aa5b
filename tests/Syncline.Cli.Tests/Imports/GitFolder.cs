using System.Runtime.CompilerServices;
using Syncline.Composition.Imports;

namespace Syncline.Cli.Tests.Imports;

/// <summary>A repository of its own, gone with its test; signed by nobody, whatever this machine's git is set to.</summary>
internal sealed class GitFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-git-");

    public GitFolder() => Git = new(Path);

    public static bool IsThere { get; } = Find();

    public string Path => _folder.FullName;

    public GitCommand Git { get; }

    public static async Task<GitFolder> CreateAsync()
    {
        GitFolder folder = new();
        await folder.RunAsync("init", "--quiet", "--initial-branch=main");
        await folder.RunAsync("config", "user.name", "Ada Example");
        await folder.RunAsync("config", "user.email", "ada@example.com");
        await folder.RunAsync("config", "commit.gpgsign", "false");
        return folder;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
    }

    public string Read(string name) => System.IO.File.ReadAllText(File(name));

    public async Task<string> RunAsync(params string[] arguments)
    {
        GitAnswer answer = await Git.RunAsync(arguments, CancellationToken.None);
        return answer.IsSuccess ? answer.Text.Trim() : throw new InvalidOperationException($"git {arguments[0]}: {answer.Error}");
    }

    public async Task CommitAllAsync(string message)
    {
        await RunAsync("add", "--all");
        await RunAsync("commit", "--quiet", "-m", message);
    }

    public void Dispose()
    {
        // Git's objects are read-only, which stops a removal on Windows.
        foreach (FileInfo file in _folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })) file.Attributes = FileAttributes.Normal;
        _folder.Delete(recursive: true);
    }

    private static bool Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Any(folder => System.IO.File.Exists(System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? "git.exe" : "git")));
}

/// <summary>A test that needs git; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GitFactAttribute : FactAttribute
{
    public GitFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
        if (!GitFolder.IsThere) Skip = "There is no git on this machine.";
    }
}
