using System.Text.Json.Nodes;
using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox.Anthropic;
using Syncline.Sandbox.Lemlist;

namespace Syncline.EndToEnd.HubSpotTwoWay;

/// <summary>Leads that Claude is asked about in batches: written without the answers, and with them when they are there.</summary>
public sealed class EnrichingInBatches
{
    private const string Sync = "{ from: [lemlist, hubspot], to: [hubspot], enrich: [explorium, claude] }";

    [Fact]
    public async Task They_are_sent_once_and_collected_later_at_half_the_price()
    {
        await using Portal portal = await Portal.OpenAsync(more: "enrichment: { on_import: false }");
        portal.Lemlist.Populate(LemlistWorld.Plain(12));
        await portal.RunAsync("run", "leads");
        Ended sent = await portal.RunAsync("enrich", "leads", "--batch", "--json");
        Assert.Contains("claude: 12 questions are under way in a batch", sent.Error, StringComparison.Ordinal);
        Assert.Contains("syncline enrich \"leads\"", sent.Error, StringComparison.Ordinal);
        Assert.Equal(["sync", "run", "state", "seconds", "seen", "created", "updated", "linked", "unchanged", "skipped", "conflicts", "deadLetters", "calls"], sent.Json.AsObject().Select(p => p.Key));
        Assert.Equal((0, 12), (portal.Anthropic.Messages, await EnrichingAsync(portal)));

        Ended early = await portal.RunAsync("enrich", "leads");
        Assert.Contains("under way", early.Error, StringComparison.Ordinal);
        await portal.RunAsync("enrich", "leads", "--batch");
        Assert.Equal(12, await EnrichingAsync(portal));
        Assert.All(portal.HubSpot.Records("contacts"), c => Assert.True(string.IsNullOrEmpty(c["enrichment_summary"])));

        portal.AnthropicTime.Pass(TimeSpan.FromHours(1));
        Ended collected = await portal.RunAsync("enrich", "leads");
        Assert.DoesNotContain("under way", collected.Error, StringComparison.Ordinal);
        Assert.Equal((12, 0), (portal.Anthropic.Messages, await EnrichingAsync(portal)));
        Assert.All(portal.Anthropic.Spending, s => Assert.True(s.IsInBatch));
        Assert.All(portal.HubSpot.Records("contacts"), c => Assert.False(string.IsNullOrEmpty(c["enrichment_summary"])));

        int writes = portal.Writes.Count;
        await portal.RunAsync("enrich", "leads");
        Assert.Equal((12, writes), (portal.Anthropic.Messages, portal.Writes.Count));
    }

    [Fact]
    public async Task A_run_collects_too_and_a_creation_that_was_not_answered_is_not_repeated()
    {
        await using Portal portal = await Portal.OpenAsync(more: "enrichment: { most: { claude: 1 } }");
        portal.Configure(Sync, claude: ", batches: always");
        portal.Lemlist.Populate(LemlistWorld.Plain(4));
        (portal.Anthropic.Behaviour.FailNext, portal.Anthropic.Behaviour.FailWith) = (1, AnthropicFault.TimeoutAfterWork);
        Ended run = await portal.RunAsync("run", "leads");
        Assert.Contains("The sending of one was not answered", run.Error, StringComparison.Ordinal);
        await portal.RunAsync("run", "leads");
        portal.AnthropicTime.Pass(TimeSpan.FromHours(1));
        await portal.RunAsync("run", "leads");
        Assert.Equal(4, portal.Anthropic.Messages);
        Assert.All(portal.HubSpot.Records("contacts"), c => Assert.False(string.IsNullOrEmpty(c["enrichment_summary"])));
    }

    [Fact]
    public async Task A_budget_that_a_batch_does_not_fit_into_sends_none()
    {
        await using Portal portal = await Portal.OpenAsync(more: "enrichment: { most: { claude: 0.0001 } }");
        portal.Lemlist.Populate(LemlistWorld.Plain(3));
        await portal.RunAsync("enrich", "leads");
        await portal.RunAsync("run", "leads");
        await portal.RunAsync("enrich", "leads", "--batch", "--retry");
        Assert.Equal((0, 0), (portal.Anthropic.Messages, await EnrichingAsync(portal)));
        Assert.Contains((await portal.RunAsync("failures", "--json")).Json.AsArray(), f => ((string)f!["reason"]!).Contains("enrichment.most", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_answers_in_batches_it_says_who_would()
    {
        await using Portal portal = await Portal.OpenAsync("{ from: [lemlist, hubspot], to: [hubspot], enrich: [explorium] }");
        Ended ended = await portal.RunAsync("enrich", "leads", "--batch");
        Assert.Equal(2, ended.Code);
        Assert.Contains("claude", ended.Error, StringComparison.Ordinal);
    }

    private static async Task<int> EnrichingAsync(Portal portal)
    {
        JsonNode states = (await portal.DoAsync("contacts", "--json")).Json["states"]!;
        return (int?)states["enriching"] ?? 0;
    }
}
