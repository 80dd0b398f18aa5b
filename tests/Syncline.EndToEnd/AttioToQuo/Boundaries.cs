using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox;

namespace Syncline.EndToEnd.AttioToQuo;

/// <summary>The whole flow at the sizes where something begins or ends: nobody, one, a chunk of fifty, a full page of Attio's, two of them.</summary>
public sealed class Boundaries
{
    /// <param name="pages">Queries of people: one is full, so another is needed to know the end; after a full one two are asked for at once.</param>
    /// <param name="lookUps">One a chunk of fifty at the most.</param>
    [Theory]
    [InlineData(0, 500, 1, 0)]
    [InlineData(1, 500, 1, 1)]
    [InlineData(49, 500, 1, 1)]
    [InlineData(50, 500, 1, 1)]
    [InlineData(51, 500, 1, 2)]
    [InlineData(100, 500, 1, 2)]
    [InlineData(101, 500, 1, 3)]
    [InlineData(500, 500, 3, 10)]
    [InlineData(1000, 500, 7, 20)]
    [InlineData(20, 20, 3, 1)]
    [InlineData(40, 20, 7, 2)]
    public async Task The_first_run_ends_done_with_each_person_once_and_no_call_too_many(int people, int pageSize, int pages, int lookUps)
    {
        await using Office office = await Office.OpenAsync(attio: $", page_size: {pageSize}");
        for (int i = 0; i < people; i++) office.AddPerson($"Ada{i}", $"+1212{2000000 + i}");
        office.ForgetCalls();
        Ended ended = await office.SyncAsync();
        Assert.Equal(("done", (long)people, 0L), ((string?)ended.Json["state"], ended.Count("created"), ended.Count("deadLetters")));
        Assert.Equal((people, people), (office.Quo.ContactCount, office.Quo.Contacts.Select(c => c.ExternalId).Distinct().Count()));

        Assert.Equal(people, office.QuoWrites.Count());
        int reads = office.QuoCalls.Count() - people;
        // One for the custom fields. What is read is written while the rest is read: each further page may end in the middle of a chunk.
        Assert.InRange(reads, 1 + Math.Min(1, lookUps), 1 + lookUps + (pages == 1 ? 0 : pages));
        Assert.InRange(office.AttioCalls.Count(c => c.Path == "/v2/objects/people/records/query"), 1, pages);

        office.ForgetCalls();
        ended = await office.SyncAsync();
        Assert.Equal(("done", 0L, 0L, 1), ((string?)ended.Json["state"], ended.Count("created"), ended.Count("updated"), office.QuoCalls.Count()));
    }
}
