using System.Reflection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Syncline.Server.Hosting;

/// <summary>The files a browser loads, out of this assembly: <c>assets/app.css</c> is served as <c>/app.css</c>.</summary>
internal sealed class EmbeddedAssets : IFileProvider
{
    private const string Root = "assets/";

    private static readonly Assembly Home = typeof(EmbeddedAssets).Assembly;
    private readonly Dictionary<string, IFileInfo> _files = Home.GetManifestResourceNames()
        .Where(n => n.StartsWith(Root, StringComparison.Ordinal))
        .ToDictionary(n => n[Root.Length..].Replace('\\', '/'), n => (IFileInfo)new Resource(n), StringComparer.Ordinal);

    /// <summary>Changes with the build, so that a browser keeps a file for as long as it is the same.</summary>
    public static string Version { get; } = Home.ManifestModule.ModuleVersionId.ToString("N")[..12];

    public IFileInfo GetFileInfo(string subpath) => _files.GetValueOrDefault(subpath.TrimStart('/')) ?? new NotFoundFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    private sealed class Resource(string name) : IFileInfo
    {
        // A build is as old as nothing in particular: the version in the address says when it changed.
        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch.AddYears(50);

        public bool Exists => true;

        public bool IsDirectory => false;

        public long Length { get; } = Open(name).Length;

        public string Name => Path.GetFileName(name);

        public string? PhysicalPath => null;

        public Stream CreateReadStream() => Open(name);

        private static Stream Open(string name) => Home.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"The resource {name} is not in this assembly.");
    }
}
