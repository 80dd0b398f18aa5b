using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Syncline.Storage.Sqlite;

/// <summary>Binds the SQLite of the application's folder, else the operating system's. No native package is shipped: the one that matches this provider is SQLite 3.35, without STRICT tables and with known flaws.</summary>
internal static class SqliteLibrary
{
    /// <summary>3.38 brought the <c>-&gt;&gt;</c> operator; STRICT tables came with 3.37.</summary>
    private static readonly Version Needed = new(3, 38);

    private static readonly string[] Names = ["libsqlite3.so.0", "libsqlite3.so", "libsqlite3.dylib", "winsqlite3"];

    private static readonly Lazy<Version> Bound = new(Bind);

    /// <exception cref="StorageException">When there is none, or it is too old.</exception>
    public static Version Load() => Bound.Value;

    private static Version Bind()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            return Checked(Version.Parse(raw.sqlite3_libversion().utf8_to_string()));
        }
        catch (DllNotFoundException e)
        {
            throw new StorageException(StorageProblem.Library, "The SQLite library was not found on this machine.", e) { Hint = Install };
        }
    }

    private const string Install = "Install it (Debian and Ubuntu: apt install libsqlite3-0; Alpine: apk add sqlite-libs; Fedora: dnf install sqlite-libs), or put a newer build of it beside the program as libe_sqlite3.so.";

    private static Version Checked(Version found) =>
        found >= Needed ? found : throw new StorageException(StorageProblem.Library, $"SQLite {found} is too old: {Needed} is needed.") { Hint = Install };

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (NativeLibrary.TryLoad(name, assembly, DllImportSearchPath.AssemblyDirectory, out IntPtr own)) return own;
        foreach (string candidate in Names)
        {
            if (NativeLibrary.TryLoad(candidate, out IntPtr found)) return found;
        }
        return IntPtr.Zero;
    }
}
