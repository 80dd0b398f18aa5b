using Syncline.Limits;

namespace Syncline.Storage;

/// <summary>The slots of shared budgets in a database. Two processes that pace differently keep the wider of their spacings.</summary>
internal sealed class RateLedger(SqliteDatabase database) : IRateLedger
{
    public async Task<DateTimeOffset> ReserveAsync(string budget, int count, TimeSpan spacing, DateTimeOffset earliest, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(spacing, TimeSpan.Zero);
        long length = (count - 1) * spacing.Ticks;
        long last = await database.WriteAsync(
            on => on.Of("""
                INSERT INTO rate_slot (budget, last_at, spacing) VALUES (@budget, @earliest + @length, @spacing)
                ON CONFLICT (budget) DO UPDATE SET spacing = excluded.spacing, last_at = @length + CASE
                WHEN rate_slot.last_at + rate_slot.spacing >= @earliest AND rate_slot.spacing >= @spacing THEN rate_slot.last_at + rate_slot.spacing
                WHEN rate_slot.last_at + @spacing >= @earliest THEN rate_slot.last_at + @spacing
                ELSE @earliest END
                RETURNING last_at
                """).With(budget, earliest.UtcTicks, length, spacing.Ticks).NumberAsync(cancellationToken),
            cancellationToken);
        return new(last - length, TimeSpan.Zero);
    }
}
