namespace Syncline.Composition.Logging;

/// <summary>A text file that is begun anew when it is full, with its forerunners kept as <c>name.1</c>, <c>name.2</c> …</summary>
/// <param name="maxBytes">Size after which the next line goes into a new file.</param>
/// <param name="keep">How many files there are at the most.</param>
internal sealed class RollingFile(string path, long maxBytes, int keep)
{
    private readonly Lock _gate = new();

    public string Path => path;

    public void Append(string line)
    {
        lock (_gate)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            if (File.Exists(path) && new FileInfo(path).Length >= maxBytes) Roll();
            // Opened for each line: several processes write the same log, and lines are few.
            using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    private void Roll()
    {
        try
        {
            Shift();
        }
        catch (IOException)
        {
            // Another process has just done it: the line goes into whatever file stands there now.
        }
    }

    private void Shift()
    {
        if (keep <= 1)
        {
            File.Delete(path);
            return;
        }
        File.Delete(Numbered(keep - 1));
        for (int i = keep - 2; i >= 1; i--)
        {
            if (File.Exists(Numbered(i))) File.Move(Numbered(i), Numbered(i + 1), overwrite: true);
        }
        File.Move(path, Numbered(1), overwrite: true);
    }

    private string Numbered(int number) => $"{path}.{number}";
}
