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
    private readonly DateTimeOffset _startedAt = premises.Clock.GetUtcNow();

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!options.RunsSchedules || premises.TryConfiguration().Configuration is not { Alert: { StaleAfter: { } most } } configuration) return;
        foreach (SyncStanding sync in await board.ListAsync(cancellationToken))
        {
            bool isStale = sync is { Schedule: not null, PausedBy: null } && IsStale(sync.FreshAt, _startedAt, most, premises.Clock.GetUtcNow());
            if (!isStale) _told.TryRemove(sync.Name, out _);
            else if (_told.TryAdd(sync.Name, true)) await new Alarm(premises.Current, new(TextReader.Null, TextWriter.Null, new LineWriter(line => NotTold(log, line)))).RaiseAsync(Alert.OfStale(sync.Name, sync.FreshAt), cancellationToken);
        }
    }

    /// <summary>What a server makes up for at its start is given the time to come to its end.</summary>
    internal static bool IsStale(DateTimeOffset? freshAt, DateTimeOffset startedAt, TimeSpan most, DateTimeOffset now) =>
        now - (freshAt ?? startedAt) > most && now - startedAt > (most < Grace ? most : Grace);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Rounds rounds = new(trail);
        using PeriodicTimer pace = new(Pace, premises.Clock);
        while (await pace.WaitForNextTickAsync(stoppingToken)) await rounds.TryAsync("staleness", LookAsync, stoppingToken);
    }

    [LoggerMessage(30, LogLevel.Warning, "{Complaint}")]
    private static partial void NotTold(ILogger logger, string complaint);
}
