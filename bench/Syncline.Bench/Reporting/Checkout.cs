namespace Syncline.Bench.Reporting;

/// <summary>Where the bench was built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        for (DirectoryInfo? folder = new(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Syncline.slnx"))) return folder.FullName;
        }
        throw new InvalidOperationException("The bench runs from its checkout: no Syncline.slnx was found above it.");
    }
}
