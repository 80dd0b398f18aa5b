using Microsoft.Extensions.Logging;
using Syncline.Composition.Telling;
using Syncline.Loading;
using Syncline.Syncs;

namespace Syncline.Composition.Logging;

/// <summary>What is kept of every run: when it began and ended, with which counts, and every failure. Never a message body, never a key.</summary>
internal sealed partial class AuditTrail(RollingFile file, TimeProvider clock) : IDisposable
{
    private readonly LoggerFactory _factory = new([new FileLoggerProvider(file, clock)]);
    private ILogger? _log;

    public string File => file.Path;

    private ILogger Log => _log ??= _factory.CreateLogger("syncline");

    public void Started(string what, string sync) => Started(Log, what, sync);

    public void Finished(RunRow run)
    {
        RunTally t = run.Tally;
        Finished(Log, run.Kind, run.Sync, run.Id, Tables.Word(run.State), Tables.Summary(t), RunJson.Calls(t).ToJsonString(), run.Detail);
    }

    public void SetAside(DeadLetter letter) => SetAside(Log, letter.Key.Sync, letter.RunId, letter.Key.Connection, letter.Key.Subject, letter.Stage, letter.Code, letter.Reason);

    public void Failed(string command, ErrorReport report) => Failed(Log, command, report.Where, report.Message);

    public void Broke(string command, Exception failure) => Broke(Log, failure, command);

    public void Dispose() => _factory.Dispose();

    [LoggerMessage(1, LogLevel.Information, "{Kind} of {Sync} started")]
    private static partial void Started(ILogger logger, string kind, string sync);

    [LoggerMessage(2, LogLevel.Information, "{Kind} of {Sync} finished as run {Run}: {State}, {Summary}, calls {Calls}, {Detail}")]
    private static partial void Finished(ILogger logger, string kind, string sync, long run, string state, string summary, string calls, string? detail);

    [LoggerMessage(3, LogLevel.Warning, "{Sync} run {Run} set {Subject} of {Connection} aside while {Stage}: {Code}: {Reason}")]
    private static partial void SetAside(ILogger logger, string sync, long run, string connection, string subject, string stage, string code, string reason);

    [LoggerMessage(4, LogLevel.Error, "{Command} failed at {Where}: {Reason}")]
    private static partial void Failed(ILogger logger, string command, string? where, string reason);

    [LoggerMessage(5, LogLevel.Critical, "{Command} ended unexpectedly")]
    private static partial void Broke(ILogger logger, Exception failure, string command);
}
