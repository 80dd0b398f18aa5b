using Syncline.Composition.Imports;

namespace Syncline.Server.Tests.Served;

/// <summary>A repository in a served folder.</summary>
internal static class GitInFolder
{
    public static async Task InitAsync(this ServedFolder served)
    {
        foreach (string[] arguments in (string[][])[["init", "--quiet"], ["config", "user.name", "Ada Example"], ["config", "user.email", "ada@example.com"], ["config", "commit.gpgsign", "false"]])
        {
            GitAnswer answer = await new GitCommand(served.Folder).RunAsync(arguments, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccess, answer.Error);
        }
    }

    /// <summary>The subject of each commit, newest first.</summary>
    public static async Task<string[]> CommitsAsync(this ServedFolder served) =>
        (await new GitCommand(served.Folder).RunAsync(["log", "--format=%s"], TestContext.Current.CancellationToken)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
