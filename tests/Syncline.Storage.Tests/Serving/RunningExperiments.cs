using Syncline.Imports;
using Syncline.Storage.Serving;

namespace Syncline.Storage.Tests.Serving;

public sealed class RunningExperiments : ServingTables
{
    private Experiments Experiments => Store.Experiments;

    [Fact]
    public async Task A_name_is_given_once_in_any_case()
    {
        ExperimentRow made = await CreateAsync("Spring offer");
        Assert.Equal(new(made.Id, "Spring offer", "about it", Clock.Now, 0), made);
        Assert.Null(await Experiments.CreateAsync("SPRING OFFER", null, Token));
        Assert.Equal(made, await Experiments.FindAsync(made.Id, Token));
        await CreateAsync("autumn");
        Assert.Equal(["autumn", "Spring offer"], (await Experiments.ListAsync(Token)).Select(e => e.Name));
    }

    [Fact]
    public async Task A_record_counts_once_however_often_it_is_assigned()
    {
        long id = (await CreateAsync("a")).Id;
        Assert.Equal(2, await Experiments.AssignAsync(id, "attio", ["1", "2"], Token));
        Assert.Equal(1, await Experiments.AssignAsync(id, "attio", ["2", "3", "3"], Token));
        Assert.Equal(1, await Experiments.AssignAsync(id, "attio-eu", ["1"], Token));
        Assert.Equal(0, await Experiments.AssignAsync(99, "attio", ["1"], Token));
        Assert.Equal(0, await Experiments.AssignAsync(id, "attio", [], Token));
        Assert.Equal(4, (await Experiments.FindAsync(id, Token))!.Records);
        Assert.Equal(2, await Experiments.UnassignAsync(id, "attio", ["1", "2", "9"], Token));
        Assert.Equal(2, Assert.Single(await Experiments.ListAsync(Token)).Records);
    }

    [Fact]
    public async Task Its_records_come_in_order_with_what_the_import_knows()
    {
        long id = (await CreateAsync("a")).Id;
        ImportEntry imported = new("attio", "company", "odd\0id", "Invented Ltd") { File = "attio/company/1.json", Digest = "d", ImportedAt = Clock.Now, State = ImportState.Synced };
        await Store.Imports.SaveAsync([imported], Token);
        await Experiments.AssignAsync(id, "attio", ["2"], Token);
        await Experiments.AssignAsync(id, "attio", ["odd\0id"], Token);
        await Experiments.AssignAsync((await CreateAsync("b")).Id, "attio", ["3"], Token);
        IReadOnlyList<ExperimentRecord> all = await Experiments.RecordsAsync(id, 0, 9, Token);
        Assert.Equal([new(all[0].Position, "attio", "2", Clock.Now, null), new(all[1].Position, "attio", "odd\0id", Clock.Now, imported)], all);
        Assert.Equal([all[0]], await Experiments.RecordsAsync(id, 0, 1, Token));
        Assert.Equal([all[1]], await Experiments.RecordsAsync(id, all[0].Position, 9, Token));
    }

    [Fact]
    public async Task A_record_knows_its_experiments()
    {
        long a = (await CreateAsync("a")).Id, b = (await CreateAsync("b")).Id;
        await Experiments.AssignAsync(b, "attio", ["1", "2"], Token);
        await Experiments.AssignAsync(a, "attio", ["1"], Token);
        Assert.Equal([("a", 1), ("b", 2)], (await Experiments.OfRecordAsync("attio", "1", Token)).Select(e => (e.Name, e.Records)));
        Assert.Empty(await Experiments.OfRecordAsync("attio-eu", "1", Token));
    }

    [Fact]
    public async Task A_deleted_one_leaves_nothing_to_the_next_of_its_name()
    {
        long id = (await CreateAsync("a")).Id;
        await Experiments.AssignAsync(id, "attio", ["1"], Token);
        Assert.True(await Experiments.DeleteAsync(id, Token));
        Assert.False(await Experiments.DeleteAsync(id, Token));
        Assert.Null(await Experiments.FindAsync(id, Token));
        Assert.Empty(await Experiments.OfRecordAsync("attio", "1", Token));
        Assert.Equal(0, (await CreateAsync("a")).Records);
    }

    private async Task<ExperimentRow> CreateAsync(string name) => (await Experiments.CreateAsync(name, "about it", Token))!;
}
