using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Tests.Loading;

public sealed class ReadingWhatWasJustWritten
{
    private readonly Desk _desk = new();
    private readonly SettledReads _destination;

    public ReadingWhatWasJustWritten() => _destination = new(_desk.Destination, _desk.Clock);

    [Fact]
    public void A_record_written_a_moment_ago_is_read_when_reads_show_it()
    {
        _desk.Clock.Run(async () =>
        {
            string id = await WriteAsync("o1");
            await _destination.ReadAsync(Desk.People, ["other"], default);
            Assert.Equal(TimeSpan.Zero, _desk.Clock.Elapsed);
            await _destination.ReadAsync(Desk.People, ["other", id], default);
            Assert.Equal(Desk.People.SettleTime, _desk.Clock.Elapsed);
            await _destination.ReadAsync(Desk.People, [id], default);
            Assert.Equal(Desk.People.SettleTime, _desk.Clock.Elapsed);
        });
    }

    [Fact]
    public void A_refused_write_is_not_waited_for()
    {
        _desk.Clock.Run(async () =>
        {
            _desk.Destination.Instead = batch => [.. batch.Select(_ => new WriteOutcome.Refused("no", "No."))];
            await _destination.WriteAsync(Desk.People, [Create("o1")], default);
            await _destination.ReadAsync(Desk.People, ["r1"], default);
            Assert.Equal(TimeSpan.Zero, _desk.Clock.Elapsed);
        });
    }

    private async Task<string> WriteAsync(string operation) =>
        Assert.IsType<WriteOutcome.Written>(Assert.Single(await _destination.WriteAsync(Desk.People, [Create(operation)], default))).Record.Key.Id;

    private static Operation Create(string id) => new(id, new("crm", "people"), RecordKind.Person, 1, Verb.Create, FieldSet.Of(("name", FieldValue.Of("Jane"))));
}
