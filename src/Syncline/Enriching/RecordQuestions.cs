using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Syncline.Merging;
using Syncline.Planning;
using Syncline.Records;

namespace Syncline.Enriching;

/// <summary>Makes the questions of an enricher about golden records as they are now.</summary>
internal sealed class RecordQuestions(IHub hub, IEnricher enricher)
{
    /// <summary>Of those that are not deleted, in scope, and known well enough to be asked about.</summary>
    public async Task<List<Asked>> AboutAsync(IReadOnlyCollection<long> goldenIds, SyncScope scope, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<long, GoldenRecord> golden = await hub.LoadAsync(goldenIds, cancellationToken);
        ILookup<long, Link> links = await hub.LinksOfAsync(goldenIds, cancellationToken);
        GoldenRecord[] alive = [.. golden.Values.Where(g => !g.IsDeleted && g.Kind == enricher.Kind && scope.Holds(links[g.Id])).OrderBy(g => g.Id)];
        IReadOnlyDictionary<long, GoldenRecord> companies = await hub.LoadAsync([.. alive.Select(CompanyOf).OfType<long>().Distinct()], cancellationToken);
        return
        [
            .. from record in alive
               let company = CompanyOf(record) is { } id ? companies.GetValueOrDefault(id) : null
               let question = enricher.QuestionOf(record, company)
               where question is not null
               select new Asked(record.Id, question, FingerprintOf(question.Fields)),
        ];
    }

    private static long? CompanyOf(GoldenRecord record) =>
        record.Fields["company"] is { Type: FieldType.Reference } company ? long.Parse(company.ReferencedId, CultureInfo.InvariantCulture) : null;

    private static string FingerprintOf(FieldSet fields)
    {
        StringBuilder text = new();
        foreach (Field field in fields) text.Append(field.Name).Append('=').Append(field.Value).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 0, 16);
    }
}
