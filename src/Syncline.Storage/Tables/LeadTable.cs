using Syncline.Leads;
using Syncline.Storage.Json;

namespace Syncline.Storage.Tables;

/// <summary>The team's leads, and the last change of each.</summary>
internal static class LeadTable
{
    private const string All = "position, id, content, digest, evidence_at, saved_at, sequence";

    private const string Passing = """
        content IS NOT NULL
        AND (CAST(@text AS text) IS NULL OR instr(lower(content), lower(@text)) > 0)
        AND (CAST(@least AS bigint) IS NULL OR icp_score >= @least)
        AND (CAST(@most AS bigint) IS NULL OR icp_score <= @most)
        AND (CAST(@touched AS bigint) IS NULL OR has_touchpoints = @touched)
        """;

    public static Task<ListedLead?> FindAsync(Statements on, string id, CancellationToken cancellationToken) =>
        on.Of($"SELECT {All} FROM lead WHERE id = @id AND content IS NOT NULL").With(Columns.Key(id)).FirstAsync(Read, cancellationToken);

    public static async Task<ListedLead?> FindByEmailAsync(Statements on, string? email, CancellationToken cancellationToken) =>
        email is null ? null : await on.Of($"SELECT {All} FROM lead WHERE email = @email").With(Columns.Key(email)).FirstAsync(Read, cancellationToken);

    public static async Task<ListedLead?> FindByLinkedInAsync(Statements on, string? slug, CancellationToken cancellationToken) =>
        slug is null ? null : await on.Of($"SELECT {All} FROM lead WHERE linkedin = @linkedin").With(Columns.Key(slug)).FirstAsync(Read, cancellationToken);

    public static Task<List<ListedLead>> ListAsync(Statements on, LeadFilter filter, long after, int take, CancellationToken cancellationToken) =>
        on.Of($"SELECT {All} FROM lead WHERE {Passing} AND position > @after ORDER BY position LIMIT @take")
            .With(filter.Text, (long?)filter.LeastScore, (long?)filter.MostScore, Touched(filter), after, (long)take).ListAsync(Read, cancellationToken);

    public static Task<long> CountAsync(Statements on, LeadFilter filter, CancellationToken cancellationToken) =>
        on.Of($"SELECT COUNT(*) FROM lead WHERE {Passing}").With(filter.Text, (long?)filter.LeastScore, (long?)filter.MostScore, Touched(filter)).NumberAsync(cancellationToken);

    public static Task<List<LeadChange>> ChangesAsync(Statements on, long after, int take, CancellationToken cancellationToken) =>
        on.Of($"SELECT {All} FROM lead WHERE sequence > @after ORDER BY sequence LIMIT @take").With(after, (long)take)
            .ListAsync(r => new LeadChange(r.GetInt64(6), r.Key(1), r.IsNull(2) ? null : Read(r)), cancellationToken);

    /// <summary>A deleted one with the same id is there anew, in its old place.</summary>
    /// <returns>The id it has.</returns>
    public static async Task<string> SaveAsync(Statements on, Lead lead, Lead? was, string digest, DateTimeOffset evidenceAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long sequence = await NextAsync(on, cancellationToken);
        string id = lead.Id ?? await FreeIdAsync(on, sequence, cancellationToken);
        await on.Of("""
            INSERT INTO lead (id, email, linkedin, icp_score, has_touchpoints, content, digest, evidence_at, saved_at, sequence)
            VALUES (@id, @email, @linkedin, @icp_score, @has_touchpoints, @content, @digest, @evidence_at, @saved_at, @sequence)
            ON CONFLICT (id) DO UPDATE SET email = excluded.email, linkedin = excluded.linkedin, icp_score = excluded.icp_score, has_touchpoints = excluded.has_touchpoints,
                content = excluded.content, digest = excluded.digest, evidence_at = excluded.evidence_at, saved_at = excluded.saved_at, sequence = excluded.sequence
            """).With(
                Columns.Key(id), KeyOrNull(lead.Email), KeyOrNull(lead.LinkedIn), (long?)lead.IcpScore, Columns.Number(lead.Touchpoints.Count > 0), LeadContent.Write(lead with { Id = id }, was), digest,
                Columns.Milliseconds(evidenceAt), Columns.Milliseconds(now), sequence).RunAsync(cancellationToken);
        return id;
    }

    public static async Task<bool> DeleteAsync(Statements on, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long sequence = await NextAsync(on, cancellationToken);
        return await on.Of("""
            UPDATE lead SET email = NULL, linkedin = NULL, icp_score = NULL, has_touchpoints = 0, content = NULL, digest = '', saved_at = @saved_at, sequence = @sequence
            WHERE id = @id AND content IS NOT NULL
            """).With(Columns.Milliseconds(now), sequence, Columns.Key(id)).RunAsync(cancellationToken) > 0;
    }

    private static Task<long> NextAsync(Statements on, CancellationToken cancellationToken) =>
        on.Of("UPDATE sequence SET next = next + 1 WHERE name = 'lead' RETURNING next - 1").With().NumberAsync(cancellationToken);

    /// <summary>An id that nobody has, not even one that came from elsewhere or is deleted.</summary>
    private static async Task<string> FreeIdAsync(Statements on, long sequence, CancellationToken cancellationToken)
    {
        string id = FormattableString.Invariant($"lead-{sequence}");
        while (await on.Of("SELECT COUNT(*) FROM lead WHERE id = @id").With(id).NumberAsync(cancellationToken) > 0) id += "a";
        return id;
    }

    private static long? Touched(LeadFilter filter) => filter.HasTouchpoints is { } has ? Columns.Number(has) : null;

    private static string? KeyOrNull(string? key) => key is null ? null : Columns.Key(key);

    private static ListedLead Read(Row row) => new(row.GetInt64(0), LeadContent.Read(row.GetString(2)), row.GetString(3), row.Time(4), row.Time(5)) { Was = LeadContent.ReadWas(row.GetString(2)) };
}
