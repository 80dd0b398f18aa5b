using Syncline.Connectors.Explorium;
using Syncline.Enriching;
using Syncline.Records;
using Syncline.Sandbox.Explorium;

namespace Syncline.Connectors.Tests.Conforming;

/// <summary>What Explorium's documents leave open may be either way: the same is learnt, and no more spent than was said.</summary>
public sealed class ExploriumUnderEitherAnswer
{
    private static readonly string[] Domains = [.. Enumerable.Range(0, 110).Select(i => $"firm{i}.example.com"), "bare.example.com", "partial.example.com", "private.example.com", "unknown.example.com"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("as it is")]
    [InlineData("rows without data")]
    [InlineData("null data")]
    [InlineData("shuffled")]
    [InlineData("error items")]
    [InlineData("requests are counted")]
    [InlineData("misses are free")]
    public async Task The_same_is_learnt_of_everybody(string answer)
    {
        SandboxConnection<ExploriumSimulator> sandbox = New();
        Turn(sandbox.Simulator.Behaviour, answer);
        (Dictionary<string, string> learnt, decimal spent, decimal most) = await AskAsync(sandbox);
        Assert.Equal((await AskAsync(New())).Learnt, learnt);
        Assert.InRange(learnt.Count(l => l.Value.StartsWith("Known", StringComparison.Ordinal)), 80, Domains.Length - 1);
        Assert.StartsWith("Miss", learnt["unknown.example.com"], StringComparison.Ordinal);
        Assert.Equal(sandbox.Simulator.CreditsSpent, spent);
        Assert.InRange(spent, 1, most);
    }

    [Fact]
    public async Task No_facts_are_asked_for_twice_when_the_credits_end()
    {
        SandboxConnection<ExploriumSimulator> sandbox = New(credits: 60);
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(sandbox));
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.InRange(sandbox.Simulator.CreditsSpent, 1, 60);
    }

    [Fact]
    public async Task The_doctor_counts_what_is_left()
    {
        SandboxConnection<ExploriumSimulator> sandbox = New(credits: 60);
        Assert.Contains("60", (await sandbox.Open().Doctor.TestAsync(Token)).Message, StringComparison.Ordinal);
        Assert.Equal(Severity.Error, (await sandbox.Open(("api_key", "another")).Doctor.TestAsync(Token)).Severity);
    }

    private static SandboxConnection<ExploriumSimulator> New(int credits = 25_000)
    {
        QuickClock clock = new(new(2026, 5, 20, 9, 30, 0, TimeSpan.Zero));
        return new(new(new() { LimitsOn = true, Credits = credits }, clock), new ExploriumProvider(), clock, new() { ["api_key"] = "explorium-sandbox-key", ["facts"] = "firmographics, technographics, funding" });
    }

    private static void Turn(ExploriumBehaviour behaviour, string answer)
    {
        switch (answer)
        {
            case "rows without data": behaviour.MissRows = MissRows.RowWithoutData; break;
            case "null data": behaviour.MissRows = MissRows.NullData; break;
            case "shuffled": behaviour.ShuffleRows = true; break;
            case "error items": behaviour.MatchMiss = MatchMiss.ErrorItem; break;
            case "requests are counted": behaviour.CountedAs = CountedAs.Requests; break;
            case "misses are free": behaviour.ChargeMisses = false; break;
            default: break;
        }
    }

    private static async Task<(Dictionary<string, string> Learnt, decimal Spent, decimal Most)> AskAsync(SandboxConnection<ExploriumSimulator> sandbox)
    {
        IEnricher companies = sandbox.Open().Enrichers.Single();
        Dictionary<string, string> learnt = [];
        (decimal spent, decimal most) = (0, 0);
        foreach (string[] some in Domains.Chunk(companies.Batch))
        {
            EnrichmentQuestion[] questions = [.. some.Select(d => companies.QuestionOf(new(1, RecordKind.Company, FieldSet.Of(("domain", FieldValue.Of(d)))), null)!)];
            EnrichmentAnswers answers = await companies.AskAsync(questions, Token);
            spent += answers.Spent;
            most += companies.MostFor(questions);
            foreach ((string domain, EnrichmentAnswer given) in some.Zip(answers.Answers)) learnt[domain] = given.ToString()!;
        }
        return (learnt, spent, most);
    }
}
