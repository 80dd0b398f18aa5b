using System.Text.Json.Nodes;
using Syncline.Composition.Configuration;
using Syncline.Composition.Imports;
using Syncline.Merging;
using Syncline.Records;
using Syncline.Storage;
using Syncline.Syncs;

namespace Syncline.Composition.Telling;

/// <summary>A mistake of the user's that no type of the engine stands for: an unknown name, a file that exists already.</summary>
internal sealed class UsageException(string message, string hint) : Exception(message)
{
    public string Hint { get; } = hint;

    /// <summary>What was named does not exist.</summary>
    public bool IsNotFound { get; init; }
}

/// <summary>What went wrong, where, and what to do about it; no stack trace for what can be expected.</summary>
/// <param name="Where">The operation, the file; null when the message says it.</param>
internal sealed record ErrorReport(ExitCode Code, string Message, string? Where, string? Remedy)
{
    // ENOSPC on Linux and macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static readonly int[] DiskFull = [28, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Null for what nobody expects.</summary>
    public static ErrorReport? Of(Exception failure) => failure switch
    {
        ConfigurationException e => new(ExitCode.Usage, e.Message, null, e.Hint),
        UsageException e => new(ExitCode.Usage, e.Message, null, e.Hint.Length == 0 ? null : e.Hint),
        IdentityEditException e => new(ExitCode.Usage, e.Message, null, e.Hint),
        ProviderException e => new(ExitCode.Failed, e.Message, e.Operation, e.Hint),
        StorageException e => new(ExitCode.Failed, e.Message, null, e.Hint),
        GitException e => new(ExitCode.Failed, e.Message, null, e.Hint),
        SyncBusyException e => new(ExitCode.Failed, e.Message, null, null),
        OperationCanceledException => new(ExitCode.Failed, "Stopped.", null, null),
        FileNotFoundException or DirectoryNotFoundException => new(ExitCode.Usage, failure.Message, null, "Check the path."),
        UnauthorizedAccessException => new(ExitCode.Failed, failure.Message, null, "Check the rights of this user to that file."),
        IOException e when DiskFull.Contains(e.HResult) => new(ExitCode.Failed, e.Message, null, "The disk is full. Free some space and run the command again; what was done is kept."),
        IOException e => new(ExitCode.Failed, e.Message, null, null),
        AggregateException { InnerException: { } inner } => Of(inner),
        _ => null,
    };

    public static ErrorReport Unexpected(Exception failure, string log) =>
        new(ExitCode.Failed, $"Something unexpected happened: {failure.Message}", failure.GetType().Name, $"This is a defect of Syncline. The log has the details: {log}");

    public void Show(Terminal terminal, bool asJson)
    {
        if (asJson)
        {
            terminal.Json(new JsonObject { ["error"] = new JsonObject { ["message"] = Message, ["where"] = Where, ["remedy"] = Remedy } });
            return;
        }
        terminal.Say(Where is null ? Message : $"{Message} ({Where})");
        if (Remedy is not null) terminal.Say(Remedy);
    }
}
