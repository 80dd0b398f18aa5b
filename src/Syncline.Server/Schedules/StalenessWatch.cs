using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Syncline.Composition.Configuration;
using Syncline.Composition.Logging;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;
using Syncline.Server.Hosting;
using Syncline.Server.Runs;
using Syncline.Server.Syncs;

namespace Syncline.Server.Schedules;

/// <summary>Tells of a sync that should have run by itself and was not brought to its end for too long; once, until it is fresh again.</summary>
internal sealed partial class StalenessWatch(Premises premises, SyncBoard board, ServeOptions options, AuditTrail trail, ILogger<StalenessWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    // Since when it runs by itself in this process: one that was added or resumed is given the time that one has when a server starts.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!options.RunsSchedules || premises.TryConfiguration().Configuration is not { Alert: { StaleAfter: { } most } } configuration) return;
        IReadOnlyList<SyncStanding> syncs = await board.ListAsync(cancellationToken);
        foreach (string gone in _since.Keys.Except(syncs.Select(s => s.Name))) _since.TryRemove(gone, out _);
        foreach (SyncStanding sync in syncs)
        {
            DateTimeOffset now = premises.Clock.GetUtcNow();
            bool isKept = sync is { Schedule: not null, PausedBy: null };
            if (!isKept) _since.TryRemove(sync.Name, out _);
            bool isStale = isKept && IsStale(sync.FreshAt, _since.GetOrAdd(sync.Name, now), most, now);
            if (!isStale) _told.TryRemove(sync.Name, out _);
            else if (_told.TryAdd(sync.Name, true)) await new Alarm(premises.Current, new(TextReader.Null, TextWriter.Null, new LineWriter(line => NotTold(log, line)))).RaiseAsync(Alert.OfStale(sync.Name, sync.FreshAt), cancellationToken);
        }
    }

    /// <summary>What a server makes up for at its start, or at that of a schedule, is given the time to come to its end.</summary>
    internal static bool IsStale(DateTimeOffset? freshAt, DateTimeOffset since, TimeSpan most, DateTimeOffset now) =>
        now - (freshAt ?? since) > most && now - since > (most < Grace ? most : Grace);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Rounds rounds = new(trail);
        using PeriodicTimer pace = new(Pace, premises.Clock);
        while (await pace.WaitForNextTickAsync(stoppingToken)) await rounds.TryAsync("staleness", LookAsync, stoppingToken);
    }

    [LoggerMessage(30, LogLevel.Warning, "{Complaint}")]
    private static partial void NotTold(ILogger logger, string complaint);
}
