using System.Globalization;
using System.Text;

namespace Syncline.Composition.Imports;

/// <summary>Who signs commits.</summary>
internal sealed record GitAuthor(string Name, string Email);

/// <summary>One commit that changed a file, newest first in a list.</summary>
/// <param name="Id">The whole hash.</param>
internal sealed record FileVersion(string Id, DateTimeOffset At, string Author, string Subject);

/// <summary>The Git repository that a folder lies in. Nothing but the paths that are named is ever added or committed.</summary>
/// <param name="author">Null signs as git is configured, and as Syncline where it is not.</param>
internal sealed class GitRepository(GitCommand git, GitAuthor? author = null)
{
    // Files and folders of the repository that are there while the named work is unfinished.
    private static readonly (string Mark, string Work)[] Unfinished =
        [("MERGE_HEAD", "a merge"), ("rebase-merge", "a rebase"), ("rebase-apply", "a rebase"), ("CHERRY_PICK_HEAD", "a cherry-pick"), ("REVERT_HEAD", "a revert"), ("BISECT_LOG", "a bisect")];

    private static readonly GitAuthor Fallback = new("Syncline", "syncline@localhost");

    public string Folder => git.Folder;

    /// <summary>Tells whether a commit can be made, before anything is written.</summary>
    /// <exception cref="GitException">It cannot: no git, no repository, or one in the middle of something.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        GitAnswer inside = await git.RunAsync(["rev-parse", "--is-inside-work-tree"], cancellationToken);
        if (!inside.IsSuccess || inside.Text.Trim() != "true") throw NoRepository(inside);
        foreach ((string mark, string work) in Unfinished)
        {
            string path = (await RequireAsync(["rev-parse", "--git-path", mark], null, null, cancellationToken)).Text.TrimEnd('\n', '\r');
            string whole = Path.GetFullPath(Path.Combine(Folder, path));
            if (File.Exists(whole) || Directory.Exists(whole)) throw new GitException($"The repository of {Folder} is in the middle of {work}.", "Finish or abort it, then import again. Nothing was written.");
        }
    }

    /// <exception cref="GitException">The repository is told to ignore files there, so that none would ever be committed.</exception>
    public async Task CheckNotIgnoredAsync(string path, CancellationToken cancellationToken)
    {
        // This one command refuses to be told how to read paths; it takes them as they are anyway.
        GitAnswer answer = await git.RunAsync(["check-ignore", "--quiet", "--", path], null, new Dictionary<string, string> { [GitCommand.LiteralPaths] = "0" }, cancellationToken);
        if (answer.Code > 1) throw new GitException($"git check-ignore failed in {Folder}: {answer.Error}", "Mend it and import again. Nothing was written.");
        if (answer.IsSuccess) throw new GitException($"Git ignores {path} in {Folder}.", "Take the rule out of .gitignore, then import again. Nothing was written.");
    }

    /// <summary>Those of the files that are new or changed against the last commit.</summary>
    public async Task<IReadOnlySet<string>> UncommittedAsync(string under, CancellationToken cancellationToken)
    {
        GitAnswer answer = await RequireAsync(["status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", under], null, null, cancellationToken);
        string prefix = (await RequireAsync(["rev-parse", "--show-prefix"], null, null, cancellationToken)).Text.TrimEnd('\n', '\r');
        // Paths are told from the root of the repository, which may lie above our folder.
        return answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line[3..]).Where(p => p.StartsWith(prefix, StringComparison.Ordinal)).Select(p => p[prefix.Length..]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Commits these files as they are on the disk, whatever else is staged or changed.</summary>
    /// <returns>The commit's hash.</returns>
    public async Task<string> CommitAsync(IReadOnlyList<string> paths, string message, CancellationToken cancellationToken)
    {
        await RequireAsync(["add"], paths, null, cancellationToken);
        await RequireAsync(["commit", "--quiet", "--only", "--cleanup=whitespace", "-m", message], paths, await SignedAsync(cancellationToken), cancellationToken);
        return (await RequireAsync(["rev-parse", "HEAD"], null, null, cancellationToken)).Text.Trim();
    }

    /// <summary>The commits that changed a file, newest first; none where there is no commit at all.</summary>
    public async Task<IReadOnlyList<FileVersion>> HistoryAsync(string path, int take, CancellationToken cancellationToken)
    {
        if (!(await git.RunAsync(["rev-parse", "--quiet", "--verify", "HEAD"], cancellationToken)).IsSuccess) return [];
        string most = "--max-count=" + take.ToString(CultureInfo.InvariantCulture);
        GitAnswer log = await RequireAsync(["log", "-z", most, "--format=%H%x1f%cI%x1f%an%x1f%s", "--", path], null, null, cancellationToken);
        return [.. log.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Version)];
    }

    /// <summary>A file as a commit has it; null when it has none of that name.</summary>
    /// <param name="commit">A hash, whole or shortened.</param>
    /// <exception cref="GitException">It is no hash.</exception>
    public async Task<byte[]?> ReadAsync(string commit, string path, CancellationToken cancellationToken)
    {
        if (commit.Length is < 4 or > 64 || !commit.All(char.IsAsciiHexDigit)) throw new GitException($"'{commit}' is no commit.", "Take one from the record's history.");
        GitAnswer answer = await git.RunAsync(["cat-file", "blob", $"{commit}:./{path}"], cancellationToken);
        return answer.IsSuccess ? answer.Output : null;
    }

    private static FileVersion Version(string line)
    {
        string[] parts = line.Split('\u001f');
        return new(parts[0].Trim(), DateTimeOffset.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], parts[3]);
    }

    private async Task<Dictionary<string, string>> SignedAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string> variables = [];
        if (author is not null) (variables["GIT_AUTHOR_NAME"], variables["GIT_AUTHOR_EMAIL"]) = (author.Name, author.Email);
        if (!await IsSetAsync("user.name", cancellationToken)) SetMissing("NAME", author?.Name ?? Fallback.Name);
        if (!await IsSetAsync("user.email", cancellationToken)) SetMissing("EMAIL", author?.Email ?? Fallback.Email);
        return variables;

        void SetMissing(string part, string value)
        {
            foreach (string name in (string[])[$"GIT_AUTHOR_{part}", $"GIT_COMMITTER_{part}"])
            {
                if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))) variables.TryAdd(name, value);
            }
        }
    }

    private async Task<bool> IsSetAsync(string key, CancellationToken cancellationToken) =>
        await git.RunAsync(["config", "--get", key], cancellationToken) is { IsSuccess: true } answer && answer.Text.Trim().Length > 0;

    private async Task<GitAnswer> RequireAsync(IReadOnlyList<string> arguments, IReadOnlyList<string>? paths, IReadOnlyDictionary<string, string>? variables, CancellationToken cancellationToken)
    {
        GitAnswer answer = await git.RunAsync(arguments, paths, variables, cancellationToken);
        if (answer.IsSuccess) return answer;
        string words = answer.Error.Length > 0 ? answer.Error : answer.Text.Trim();
        throw new GitException($"git {arguments[0]} failed in {Folder}: {words}", "What was written stays as uncommitted files; mend it and import again: the next import commits them.");
    }

    private GitException NoRepository(GitAnswer answer) => answer.Error.Contains("dubious ownership", StringComparison.Ordinal)
        ? new(answer.Error, "Git refuses folders of other users.")
        : new($"{Folder} is in no Git repository.", "Run 'git init' there: imported records are committed, so that their past can be read.");
}
