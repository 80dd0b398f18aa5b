using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Syncline.Composition.Leads;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Leads;
using Syncline.Limits;
using Syncline.Server.Hosting;

namespace Syncline.Server.Leads;

/// <summary>Files of leads that were sent here: kept between their preview and their saving, an hour at the most.</summary>
internal sealed class LeadUploads(Premises premises)
{
    /// <summary>Bytes; it is read into memory whole.</summary>
    public const long Largest = 50L * 1024 * 1024;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private string Folder => Path.Combine(premises.DataFolder, "uploads");

    /// <returns>The name by which the file is asked for.</returns>
    public async Task<string> KeepAsync(Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        Forget();
        string name = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        await using FileStream file = new(PathOf(name), FileMode.CreateNew);
        await content.CopyToAsync(file, cancellationToken);
        return name;
    }

    /// <summary>What saving it would do; nothing is written.</summary>
    public async Task<LeadImportOutcome> PreviewAsync(string name, CancellationToken cancellationToken)
    {
        LeadFile file = await ReadAsync(name, cancellationToken);
        using Workspace workspace = premises.Open(Priority.Manual);
        using ScratchHub copy = ScratchHub.Of(workspace);
        return await new LeadImport(copy.Store.Leads).SaveAsync(file, LeadSaving.Merge, cancellationToken);
    }

    /// <summary>Saves what may be saved and forgets the file.</summary>
    public async Task<LeadImportOutcome> SaveAsync(string name, CancellationToken cancellationToken)
    {
        LeadImportOutcome outcome = await new LeadImport(premises.Store.Leads).SaveAsync(await ReadAsync(name, cancellationToken), LeadSaving.Merge, cancellationToken);
        Drop(name);
        return outcome;
    }

    public void Drop(string name)
    {
        if (IsName(name)) File.Delete(PathOf(name));
    }

    private async Task<LeadFile> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (!IsName(name) || !File.Exists(PathOf(name))) throw new UsageException("That file is not here any more.", "Send it again.");
        try
        {
            return await LeadFile.ReadAsync(PathOf(name), LeadFileOptions.None, cancellationToken);
        }
        catch (UsageException unreadable)
        {
            // The sender knows nothing of where it lies here.
            throw new UsageException(unreadable.Message.Replace(PathOf(name), "The file", StringComparison.Ordinal), unreadable.Hint.Replace(PathOf(name), "the file", StringComparison.Ordinal));
        }
    }

    private void Forget()
    {
        foreach (FileInfo old in new DirectoryInfo(Folder).EnumerateFiles("*.leads").Where(f => premises.Clock.GetUtcNow() - f.LastWriteTimeUtc > Kept)) old.Delete();
    }

    private static bool IsName([NotNullWhen(true)] string? name) => Guid.TryParseExact(name, "N", out _);

    private string PathOf(string name) => Path.Combine(Folder, name + ".leads");
}
