using System.Globalization;
using Syncline.Extraction;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Bench.Engine;

/// <summary>Invented people, as a source shows them: eleven fields, two identity keys and a list.</summary>
internal sealed class People(string connection, IReadOnlyList<Page> pages) : ISource
{
    private const string StreamName = "people";

    public static FieldMap Map { get; } = new(RecordKind.Person, StreamName,
    [
        In("given", "first_name"), In("family", "last_name"), In("name", "full_name"), In("mail", "email"), In("slug", "linkedin"), In("title", "job_title"),
        In("employer", "company_name"), In("city", "location"), In("headline", "headline"), In("labels", "tags"), In("score", "engagement_score"),
    ]);

    public StreamDescriptor Stream { get; } = new(new(connection, StreamName), [RecordKind.Person]);

    /// <param name="edition">Another edition of the same person has another title and a later time of change.</param>
    public static People Of(string connection, int count, int pageSize, int edition) => new(connection,
    [
        .. Enumerable.Range(0, count).Chunk(pageSize).Select(page => new Page([.. page.Select(n => Person(connection, n, edition))], new Cursor(Text(page[^1]))) { Covered = page.Length }),
    ]);

    public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (Page page in pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }
    }

    private static RemoteRecord Person(string connection, int number, int edition)
    {
        string n = Text(number);
        FieldSet fields = FieldSet.Of(
            ("given", FieldValue.Of("Given" + n)),
            ("family", FieldValue.Of("Family" + n)),
            ("name", FieldValue.Of($"Given{n} Family{n}")),
            ("mail", FieldValue.Of($"{connection}.person{n}@example.com")),
            ("slug", FieldValue.Of($"{connection}-person-{n}")),
            ("title", FieldValue.Of($"Head of Department {Text(number % 97)}, edition {Text(edition)}")),
            ("employer", FieldValue.Of($"Example {Text(number % 4999)} Ltd")),
            ("city", FieldValue.Of($"City {Text(number % 211)}, Country {Text(number % 17)}")),
            ("headline", FieldValue.Of($"I help teams of {Text(number % 53)} keep their records straight")),
            ("labels", FieldValue.List([FieldValue.Of($"label {Text(number % 7)}"), FieldValue.Of($"label {Text(number % 11)}")])),
            ("score", FieldValue.Of((decimal)(number % 100))));
        return new(new(connection, StreamName, "p" + n), RecordKind.Person, fields) { ModifiedAt = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddDays(edition).AddSeconds(number % 3600) };
    }

    private static FieldRule In(string remote, string canonical) => new(remote, canonical) { Direction = MapDirection.In };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
