using Syncline.Composition.Logging;

namespace Syncline.Cli.Tests.Logging;

public sealed class RollingTheLog : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-log-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void Size_and_number_of_files_are_bounded_and_the_newest_lines_stay(int keep)
    {
        RollingFile file = new(Path.Combine(_folder.FullName, "logs", "x.log"), maxBytes: 50, keep);
        for (int i = 0; i < 100; i++) file.Append($"line {i:000}");
        FileInfo[] files = new DirectoryInfo(Path.Combine(_folder.FullName, "logs")).GetFiles();
        Assert.Equal(keep, files.Length);
        Assert.All(files, f => Assert.InRange(f.Length, 1, 59));
        Assert.Contains("line 099", File.ReadAllText(file.Path), StringComparison.Ordinal);
    }
}
