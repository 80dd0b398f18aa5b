using Syncline.Loading;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Attio;

public sealed class PreparingADestination : IDisposable
{
    private readonly AttioFixture _attio = new();

    public void Dispose() => _attio.Dispose();

    private FakeAttioWorld World => _attio.Fake.World;

    [Fact]
    public async Task Optional_attributes_that_are_missing_or_read_only_are_reported_and_the_run_goes_on()
    {
        World.Replace("people", new("company_name", "text", IsWritable: false));
        IReadOnlyList<Unavailable> unavailable = await _attio.PrepareAsync();
        Assert.Contains(unavailable, u => u.Remote == "engagement_score" && u.Reason.Contains("not there", StringComparison.Ordinal));
        Assert.Contains(unavailable, u => u.Remote == "company_name" && u.Reason.Contains("read-only", StringComparison.Ordinal));
        Assert.DoesNotContain(unavailable, u => u.Remote is "linkedin" or "message_uid_alias" or "note_key");
    }

    [Fact]
    public async Task An_attribute_that_cannot_hold_the_values_is_reported()
    {
        World.Replace("people", new("last_reply_at", "checkbox"));
        Assert.Contains(await _attio.PrepareAsync(), u => u.Remote == "last_reply_at" && u.Reason.Contains("timestamp is needed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_may_not_see_lists_and_notes_is_good_for_the_rest()
    {
        _attio.Fake.Refuse("^GET /v2/(lists|notes)", 403, "unauthorized", "Missing scope.");
        await _attio.PrepareAsync();
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _attio.ReadAllAsync("lists", new(null) { Known = new Versions() }));
        Assert.Equal(Recovery.StopStream, failure.Recovery);
        Assert.Contains("list_configuration:read", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_messages_object_stops_the_run_and_names_the_doctor()
    {
        World.Objects.Remove("linkedin_messages");
        await StopsAsync("linkedin_messages");
    }

    [Fact]
    public async Task A_uid_that_is_not_unique_stops_the_run()
    {
        World.Replace("linkedin_messages", new("message_uid", "text"));
        await StopsAsync("message_uid", "unique");
    }

    [Fact]
    public async Task A_missing_required_attribute_stops_the_run()
    {
        World.Objects["linkedin_messages"].RemoveAll(a => a.Slug == "person");
        await StopsAsync("person", "linkedin_messages");
    }

    [Fact]
    public async Task A_select_without_the_options_that_are_written_stops_the_run()
    {
        World.Attribute("linkedin_messages", "direction").Titles.Clear();
        await StopsAsync("direction", "Inbound", "Outbound");
    }

    [Fact]
    public async Task Streams_without_a_map_are_not_looked_at()
    {
        World.Objects.Remove("linkedin_messages");
        await _attio.Destination.PrepareAsync([_attio.Map("people")], CancellationToken.None);
        Assert.DoesNotContain(_attio.Fake.Calls, c => c.Path.Contains("companies", StringComparison.Ordinal));
    }

    private async Task StopsAsync(params string[] named)
    {
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(_attio.PrepareAsync);
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.Contains("doctor --fix", failure.Hint, StringComparison.Ordinal);
        Assert.All(named, name => Assert.Contains(name, failure.Message, StringComparison.Ordinal));
    }
}
