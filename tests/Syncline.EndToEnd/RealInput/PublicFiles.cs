namespace Syncline.EndToEnd.RealInput;

/// <summary>Files of public data that lie beside the repository and are no part of it.</summary>
internal static class PublicFiles
{
    /// <summary>Skips the test where the file is not there.</summary>
    public static string Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", name);
            if (File.Exists(path)) return path;
        }
        Assert.Skip($"shared/data/{name} is not beside the repository; it holds public data that is not part of it.");
        return "";
    }
}
