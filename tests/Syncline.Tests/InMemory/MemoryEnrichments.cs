using Syncline.Enriching;
using Syncline.Records;

namespace Syncline.Tests.InMemory;

/// <summary>Paid answers in a dictionary.</summary>
internal sealed class MemoryEnrichments(TimeProvider clock) : IEnrichmentCache
{
    private readonly List<(string Enricher, DateTimeOffset At, decimal Spent)> _costs = [];

    public Dictionary<(string Enricher, RecordKind Kind, string Key), KeptAnswer> Answers { get; } = [];

    public List<long> Asking { get; } = [];

    public Task<IReadOnlyDictionary<string, KeptAnswer>> FindAsync(string enricher, RecordKind kind, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, KeptAnswer>>(keys.Where(k => Answers.ContainsKey((enricher, kind, k))).ToDictionary(k => k, k => Answers[(enricher, kind, k)]));

    public Task AskAsync(string enricher, RecordKind kind, IReadOnlyCollection<(string Key, long GoldenId)> asked, CancellationToken cancellationToken)
    {
        Asking.AddRange(asked.Select(a => a.GoldenId));
        return Task.CompletedTask;
    }

    public Task KeepAsync(string enricher, RecordKind kind, IReadOnlyList<KeptAnswer> answers, decimal spent, CancellationToken cancellationToken)
    {
        foreach (KeptAnswer answer in answers) Answers[(enricher, kind, answer.Key)] = answer;
        _costs.Add((enricher, clock.GetUtcNow(), spent));
        Asking.Clear();
        return Task.CompletedTask;
    }

    public Task<decimal> SpentAsync(string enricher, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult(_costs.Where(c => c.Enricher == enricher && c.At >= since).Sum(c => c.Spent));
}
