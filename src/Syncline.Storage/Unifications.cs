using System.Runtime.CompilerServices;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Records;
using Syncline.Storage.Tables;

namespace Syncline.Storage;

/// <summary>The unified records in a database.</summary>
internal sealed class Unifications(SqliteDatabase database) : IUnifications
{
    // Golden records, or letters, held at a time.
    private const int Chunk = 100;

    public async Task<IReadOnlyList<string>> SourcesAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(on => UnificationTable.SourcesAsync(on, cancellationToken));

    public async Task<IReadOnlyList<KindCount>> CountAsync(UnifiedScope scope, CancellationToken cancellationToken) =>
        await database.ReadAsync(on => UnificationTable.CountAsync(on, scope, cancellationToken));

    public async IAsyncEnumerable<Unification> ListAsync(UnifiedScope scope, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<long> ids;
        long after = 0;
        do
        {
            ids = await database.ReadAsync(on => UnificationTable.UnifyingAsync(on, scope, after, Chunk, cancellationToken));
            foreach (long id in ids)
            {
                after = id;
                foreach (Unification one in await database.ReadAsync(on => UnificationTable.OfAsync(on, scope, id, most, cancellationToken))) yield return one;
            }
        }
        while (ids.Count == Chunk);
    }

    public async IAsyncEnumerable<DeadLetter> ProblemsAsync(string? sync, string? connection, RecordKind? kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<(long Ordinal, DeadLetter Letter)> letters;
        long after = 0;
        do
        {
            letters = await database.ReadAsync(on => DeadLetterTable.OfCodesAsync(on, IdentityProblem.All, sync, connection, kind, after, Chunk, cancellationToken));
            foreach ((long ordinal, DeadLetter letter) in letters)
            {
                after = ordinal;
                yield return letter;
            }
        }
        while (letters.Count == Chunk);
    }
}
