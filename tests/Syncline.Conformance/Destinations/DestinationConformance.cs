using Syncline.Loading;
using Syncline.Records;
using Xunit;

namespace Syncline.Conformance.Destinations;

/// <summary>What every destination must do. Inherit it with a world; each fact holds for every sample of that world.</summary>
public abstract class DestinationConformance
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken);

    [Fact]
    public Task A_created_record_is_found_by_each_match_field() => EachAsync(async (world, sample, stream) =>
    {
        (WriteOutcome.Written written, FieldSet fields) = await CreateAsync(world, sample, stream);
        foreach (string match in stream.MatchFields.Where(m => fields[m] is not null && !sample.NotFoundBy.Contains(m)))
        {
            Wanted wanted = new(77, fields.Where(f => f == match || sample.References.ContainsKey(f)));
            Found found = Assert.Single(await world.Destination.FindAsync(stream, [wanted], Token));
            Assert.Equal((77L, written.Record.Key), (found.GoldenId, found.Record.Key));
            Assert.Contains(found.MatchedBy, stream.MatchFields);
        }
    });

    [Fact]
    public Task Nobody_is_found_who_is_not_there() => EachAsync(async (world, sample, stream) =>
        Assert.Empty(await world.Destination.FindAsync(stream, [new(77, await WithReferencesAsync(world, sample))], Token)));

    [Fact]
    public Task A_created_record_reads_as_it_was_answered() => EachAsync(async (world, sample, stream) =>
    {
        (WriteOutcome.Written written, FieldSet fields) = await CreateAsync(world, sample, stream);
        RemoteRecord read = await ReadAsync(world, stream, written.Record.Key.Id);
        Assert.Equal(written.Record.Fields, read.Fields);
        Assert.All(sample.Fields.Where(IsHeld).Select(f => f.Name), name => Assert.Equal(fields[name], read.Fields[name]));

        bool IsHeld(string field) => !sample.NotFoundBy.Contains(field);
    });

    [Fact]
    public Task References_point_at_what_they_were_given() => EachAsync(async (world, sample, stream) =>
    {
        (WriteOutcome.Written written, FieldSet fields) = await CreateAsync(world, sample, stream);
        Assert.All(sample.References.Keys, name => Assert.Equal(fields[name], written.Record.Fields[name]));
    });

    [Fact]
    public Task An_update_changes_only_what_it_names() => EachAsync(async (world, sample, stream) =>
    {
        if (!stream.CanUpdate) return;
        (WriteOutcome.Written written, _) = await CreateAsync(world, sample, stream);
        Operation update = New(stream, Verb.Update, FieldSet.Of((sample.Change.Name, sample.Change.Value))) with { RemoteId = written.Record.Key.Id, Before = written.Record.Fields.Where(name => name == sample.Change.Name) };
        WriteOutcome.Written updated = Assert.IsType<WriteOutcome.Written>(await WriteAsync(world, stream, update));

        Assert.Equal(sample.Change.Value, updated.Record.Fields[sample.Change.Name]);
        RemoteRecord read = await ReadAsync(world, stream, written.Record.Key.Id);
        Assert.Equal(written.Record.Fields.With(sample.Change.Name, sample.Change.Value), read.Fields);
    });

    [Fact]
    public Task A_replacement_leaves_one_record_with_the_new_content() => EachAsync(async (world, sample, stream) =>
    {
        if (stream.CanUpdate) return;
        (WriteOutcome.Written written, FieldSet fields) = await CreateAsync(world, sample, stream);
        FieldSet changed = fields.With(sample.Change.Name, sample.Change.Value);
        Operation replace = New(stream, Verb.Replace, changed) with { RemoteId = written.Record.Key.Id, Desired = changed };
        WriteOutcome.Written replaced = Assert.IsType<WriteOutcome.Written>(await WriteAsync(world, stream, replace));

        Assert.Equal(sample.Change.Value, replaced.Record.Fields[sample.Change.Name]);
        Assert.NotEqual(written.Record.Key, replaced.Record.Key);
        Assert.Equal(1, await world.CountAsync(stream.Stream, Token));
    });

    [Fact]
    public Task A_create_that_is_repeated_makes_one_record_where_that_is_promised() => EachAsync(async (world, sample, stream) =>
    {
        if (!stream.CreateIsIdempotent) return;
        (WriteOutcome.Written first, FieldSet fields) = await CreateAsync(world, sample, stream);
        WriteOutcome.Written second = Assert.IsType<WriteOutcome.Written>(await WriteAsync(world, stream, New(stream, Verb.Create, fields)));
        Assert.Equal(first.Record.Key, second.Record.Key);
        Assert.Equal(1, await world.CountAsync(stream.Stream, Token));
    });

    [Fact]
    public Task A_create_whose_answer_is_lost_happens_once_and_is_found_afterwards() => EachAsync(async (world, sample, stream) =>
    {
        FieldSet fields = await WithReferencesAsync(world, sample);
        world.LoseAnswers(1);
        WriteOutcome outcome = await WriteAsync(world, stream, New(stream, Verb.Create, fields));

        Assert.True(outcome is WriteOutcome.Unknown or WriteOutcome.Written, $"{stream.Stream}: {outcome}");
        Assert.Equal(1, await world.CountAsync(stream.Stream, Token));
        Found found = Assert.Single(await world.Destination.FindAsync(stream, [new(1, fields)], Token));
        if (outcome is WriteOutcome.Written written) Assert.Equal(found.Record.Key, written.Record.Key);
    });

    [Fact]
    public Task A_create_that_keeps_failing_makes_nothing_twice() => EachAsync(async (world, sample, stream) =>
    {
        FieldSet fields = await WithReferencesAsync(world, sample);
        world.Fail(2);
        WriteOutcome outcome = await WriteAsync(world, stream, New(stream, Verb.Create, fields));
        int count = await world.CountAsync(stream.Stream, Token);
        Assert.True(outcome is WriteOutcome.Written ? count == 1 : outcome is WriteOutcome.Unknown && count <= 1, $"{stream.Stream}: {outcome}, {count} records");
    });

    [Fact]
    public Task A_rate_refusal_is_waited_out_and_nothing_is_done_twice() => EachAsync(async (world, sample, stream) =>
    {
        FieldSet fields = await WithReferencesAsync(world, sample);
        world.Throttle(2);
        Assert.IsType<WriteOutcome.Written>(await WriteAsync(world, stream, New(stream, Verb.Create, fields)));
        Assert.Equal(1, await world.CountAsync(stream.Stream, Token));
        Assert.Equal(0, world.CameTooEarly);
    });

    [Fact]
    public Task Deleting_is_done_when_the_record_is_not_there_any_more() => EachAsync(async (world, sample, stream) =>
    {
        (WriteOutcome.Written written, _) = await CreateAsync(world, sample, stream);
        Operation delete = New(stream, Verb.Delete, FieldSet.Empty) with { RemoteId = written.Record.Key.Id };
        Assert.IsType<WriteOutcome.Deleted>(await WriteAsync(world, stream, delete));
        Assert.IsType<WriteOutcome.Deleted>(await WriteAsync(world, stream, delete with { Id = "again" }));
        Assert.Equal(0, await world.CountAsync(stream.Stream, Token));
        Assert.Empty(await world.Destination.ReadAsync(stream, [written.Record.Key.Id], Token));
    });

    [Fact]
    public Task An_update_of_a_record_that_is_not_there_is_gone() => EachAsync(async (world, sample, stream) =>
    {
        if (!stream.CanUpdate) return;
        (WriteOutcome.Written written, _) = await CreateAsync(world, sample, stream);
        await WriteAsync(world, stream, New(stream, Verb.Delete, FieldSet.Empty) with { RemoteId = written.Record.Key.Id });
        Operation update = New(stream, Verb.Update, FieldSet.Of((sample.Change.Name, sample.Change.Value))) with { RemoteId = written.Record.Key.Id, Before = written.Record.Fields.Where(name => name == sample.Change.Name) };
        Assert.IsType<WriteOutcome.Gone>(await WriteAsync(world, stream, update));
    });

    [Fact]
    public Task A_refused_record_is_refused_with_its_reason_and_stores_nothing() => EachAsync(async (world, sample, stream) =>
    {
        if (sample.Refused is not { } bad) return;
        FieldSet fields = (await WithReferencesAsync(world, sample)).With(bad.Name, bad.Value);
        WriteOutcome.Refused refused = Assert.IsType<WriteOutcome.Refused>(await WriteAsync(world, stream, New(stream, Verb.Create, fields)));
        Assert.NotEmpty(refused.Code);
        Assert.NotEmpty(refused.Reason);
        Assert.Equal(0, await world.CountAsync(stream.Stream, Token));
        if (refused.OptionalField is not { } optional) return;
        Assert.Equal(bad.Name, optional);
        Assert.IsType<WriteOutcome.Written>(await WriteAsync(world, stream, New(stream, Verb.Create, fields.With(optional, null))));
    });

    [Fact]
    public Task List_fields_keep_what_people_added() => EachAsync(async (world, sample, stream) =>
    {
        if (sample.List is not var (field, theirs, ours) || !stream.CanUpdate) return;
        (WriteOutcome.Written written, FieldSet fields) = await CreateAsync(world, sample, stream);
        await world.AddByHandAsync(stream.Stream, written.Record.Key.Id, field, theirs, Token);
        FieldValue known = FieldValue.List([fields[field]!, ours])!;
        await WriteAsync(world, stream, New(stream, Verb.Update, FieldSet.Of((field, known))) with { RemoteId = written.Record.Key.Id });
        Assert.Equal(FieldValue.List([fields[field]!, ours, theirs]), (await ReadAsync(world, stream, written.Record.Key.Id)).Fields[field]);
    });

    [Fact]
    public async Task Preparing_names_what_is_missing()
    {
        await using DestinationWorld world = await NewWorldAsync(Token);
        IReadOnlyList<string> words = await world.BreakAsync(Token);
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => world.Destination.PrepareAsync(world.Maps, Token));
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.NotNull(failure.Hint);
        Assert.All(words, word => Assert.Contains(word, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_referred_to_stands_before_what_refers_to_it()
    {
        await using DestinationWorld world = await NewWorldAsync(Token);
        string[] order = [.. world.Destination.Streams.Select(s => s.Stream)];
        Assert.All(world.Samples, sample => Assert.All(sample.References.Values, to => Assert.True(Array.IndexOf(order, to) < Array.IndexOf(order, sample.Stream))));
    }

    private async Task EachAsync(Func<DestinationWorld, DestinationSample, DestinationStream, Task> fact)
    {
        int samples = int.MaxValue;
        for (int i = 0; i < samples; i++)
        {
            await using DestinationWorld world = await NewWorldAsync(Token);
            samples = world.Samples.Count;
            await world.Destination.PrepareAsync(world.Maps, Token);
            DestinationSample sample = world.Samples[i];
            await fact(world, sample, world.Destination.Streams.First(s => s.Stream == sample.Stream));
        }
    }

    private static async Task<(WriteOutcome.Written Written, FieldSet Fields)> CreateAsync(DestinationWorld world, DestinationSample sample, DestinationStream stream)
    {
        FieldSet fields = await WithReferencesAsync(world, sample);
        return (Assert.IsType<WriteOutcome.Written>(await WriteAsync(world, stream, New(stream, Verb.Create, fields))), fields);
    }

    private static async Task<FieldSet> WithReferencesAsync(DestinationWorld world, DestinationSample sample)
    {
        FieldSet fields = sample.Fields;
        foreach ((string field, string to) in sample.References)
        {
            DestinationStream stream = world.Destination.Streams.First(s => s.Stream == to);
            (WriteOutcome.Written written, _) = await CreateAsync(world, world.Samples.First(s => s.Stream == to), stream);
            fields = fields.With(field, FieldValue.Reference(to, written.Record.Key.Id));
        }
        return fields;
    }

    private static async Task<RemoteRecord> ReadAsync(DestinationWorld world, DestinationStream stream, string id) => (await world.Destination.ReadAsync(stream, [id], Token))[id];

    private static async Task<WriteOutcome> WriteAsync(DestinationWorld world, DestinationStream stream, Operation operation) =>
        Assert.Single(await world.Destination.WriteAsync(stream, [operation], Token));

    private static Operation New(DestinationStream stream, Verb verb, FieldSet fields) =>
        new($"{stream.Stream}-{verb}", new("conformance", stream.Stream), stream.Kind, 1, verb, fields) { Desired = fields };
}
