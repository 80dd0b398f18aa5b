using System.Text.Json.Nodes;
using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Leads;

public sealed class LookingAtLeads : IDisposable
{
    private readonly Rehearsal _here = new();

    public LookingAtLeads() => _here.Write("leads.json", """
        [{"id":"a","name":"Ada Example","email":"ada@example.com","icpScore":90,"touchpoints":[{"channel":"linkedin"}]},
         {"id":"b","name":"Bob Example","email":"bob@example.com","icpScore":40,"drafts":[{"content":"Use api_key=hunter22hunter22"}]},
         {"id":"c","name":"Cy Example","linkedin":"cy-example"}]
        """);

    public void Dispose() => _here.Dispose();

    [Theory]
    [InlineData("", "a b c")]
    [InlineData("--search EXAMPLE.com", "a b")]
    [InlineData("--min-score 0", "a b")]
    [InlineData("--min-score 41 --max-score 100", "a")]
    [InlineData("--touched", "a")]
    [InlineData("--untouched", "b c")]
    public async Task Filters_take_what_they_name(string options, string ids)
    {
        await _here.RunAsync("leads", "import", "leads.json");
        Assert.Equal(0, await _here.RunAsync(["leads", "--json", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        Assert.Equal(ids, string.Join(' ', Ids()));
        Assert.Equal(ids.Split(' ').Length, (int)_here.Json["total"]!);
    }

    [Fact]
    public async Task Pages_follow_one_another_to_the_end()
    {
        await _here.RunAsync("leads", "import", "leads.json");
        await _here.RunAsync("leads", "--json", "--limit", "2");
        Assert.Equal(["a", "b"], Ids());
        Assert.Equal(3, (int)_here.Json["total"]!);
        await _here.RunAsync("leads", "--json", "--limit", "2", "--after", _here.Json["next"]!.ToString());
        Assert.Equal(["c"], Ids());
        Assert.Null(_here.Json["next"]);
        await _here.RunAsync("leads", "--limit", "1");
        Assert.Contains("--after ", _here.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--min-score", "101")]
    [InlineData("--touched", "--untouched")]
    public async Task A_filter_that_means_nothing_is_a_usage_error(string one, string other) => Assert.Equal(2, await _here.RunAsync("leads", one, other));

    [Fact]
    public async Task A_list_that_nobody_has_begun_is_empty_and_stays_unmade()
    {
        Assert.Equal(0, await _here.RunAsync("leads"));
        Assert.Contains("syncline leads import", _here.Out, StringComparison.Ordinal);
        Assert.Equal(2, await _here.RunAsync("leads", "show", "a"));
        Assert.False(Directory.Exists(_here.PathOf(".syncline")));
    }

    [Fact]
    public async Task One_lead_is_shown_with_its_evidence_and_without_its_secrets()
    {
        await _here.RunAsync("leads", "import", "leads.json");
        Assert.Equal(0, await _here.RunAsync("leads", "show", "b"));
        Assert.Contains("- **Score:** 40 of 100", _here.Out, StringComparison.Ordinal);
        Assert.Contains("no sync reads the list", _here.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", _here.Out, StringComparison.Ordinal);
        Assert.Equal(2, await _here.RunAsync("leads", "show", "nobody"));
        Assert.Contains("There is no lead 'nobody'.", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_is_deleted_when_somebody_says_yes()
    {
        await _here.RunAsync("leads", "import", "leads.json");
        Assert.Equal(2, await _here.RunAsync("leads", "delete", "a"));
        (_here.CanAsk, _here.Answers) = (true, "n\n");
        Assert.Equal(1, await _here.RunAsync("leads", "delete", "a"));
        Assert.Equal(0, await _here.RunAsync("leads", "delete", "a", "--yes"));
        await _here.RunAsync("leads", "--json");
        Assert.Equal(["b", "c"], Ids());
        Assert.Equal(2, await _here.RunAsync("leads", "delete", "a", "--yes"));
    }

    private IEnumerable<string?> Ids() => _here.Json["leads"]!.AsArray().Select(l => (string?)l!["id"]);
}
