using System.Text.Json.Nodes;
using System.Xml.Linq;
using Syncline.Cli.Commands;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Demo;

public sealed class DemoFromTheCommandLine : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("syncline-demo-test-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _talk = new();

    [Fact]
    public async Task A_fast_demo_is_true_and_says_so_in_one_json_object()
    {
        int code = await RunAsync("demo", "--fast", "--people", "24", "--seed", "5", "--json", "--report", "page.html");

        JsonNode told = JsonNode.Parse(_out.ToString())!;
        Assert.True(code == 0, _talk.ToString());
        Assert.True(told["isTrue"]!.GetValue<bool>());
        Assert.Equal(["First run", "After that", "Once more"], told["runs"]!.AsArray().Select(r => r!["name"]!.GetValue<string>()));
        Assert.True(told["runs"]![0]!["created"]!.GetValue<long>() > 24);
        Assert.True(told["runs"]![1]!["calls"]!["attio"]!["writes"]!.GetValue<long>() is > 0 and < 20);
        Assert.Equal(0, told["runs"]![2]!["calls"]!["attio"]!["writes"]!.GetValue<long>());
        Assert.Contains(told["person"]!["fields"]!.AsArray(), f => f!["attribute"]!.GetValue<string>() == "engagement_score");
        Assert.True(told["message"]!["namesPerson"]!.GetValue<bool>() && told["message"]!["listedByPerson"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Its_page_is_well_formed_and_needs_nothing_from_outside()
    {
        await RunAsync("demo", "--fast", "--people", "12", "--report", "page.html");

        XDocument page = XDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "page.html"), TestContext.Current.CancellationToken));
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName is "href" or "src" or "srcset");
        Assert.DoesNotContain("url(", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.All(page.Descendants("table"), t => Assert.NotNull(t.Element("caption")));
        Assert.Contains(Path.Combine(_folder, "page.html"), _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_invents_the_same_people()
    {
        await RunAsync("demo", "--fast", "--people", "10", "--json", "--no-report");
        string first = JsonNode.Parse(_out.ToString())!["person"]!["name"]!.GetValue<string>();
        _out.GetStringBuilder().Clear();
        await RunAsync("demo", "--fast", "--people", "10", "--json", "--no-report");

        Assert.Equal(first, JsonNode.Parse(_out.ToString())!["person"]!["name"]!.GetValue<string>());
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_folder_that_holds_a_hub_is_left_alone()
    {
        string hub = Path.Combine(_folder, "hub.db");
        await File.WriteAllTextAsync(hub, "mine", TestContext.Current.CancellationToken);

        Assert.Equal((int)ExitCode.Usage, await RunAsync("demo", "--fast", "--data", "."));
        Assert.Equal("mine", await File.ReadAllTextAsync(hub, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_named_folder_keeps_the_hub_to_look_at()
    {
        Assert.Equal(0, await RunAsync("demo", "--fast", "--people", "10", "--no-report", "--data", "kept"));
        Assert.True(File.Exists(Path.Combine(_folder, "kept", "hub.db")));
    }

    [Theory]
    [InlineData("9")]
    [InlineData("20001")]
    public async Task A_number_of_people_out_of_range_is_a_usage_mistake(string people) => Assert.Equal((int)ExitCode.Usage, await RunAsync("demo", "--people", people));

    [Fact]
    public async Task Stopped_it_ends_without_a_page_and_without_success()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(300));

        int code = await CommandTree.InvokeAsync(Surroundings(), ["demo", "--people", "2000", "--report", "page.html"], stop.Token);

        Assert.NotEqual(0, code);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<int> RunAsync(params string[] arguments) => CommandTree.InvokeAsync(Surroundings(), arguments, TestContext.Current.CancellationToken);

    private Surroundings Surroundings() => new(() => []) { WorkingFolder = _folder, Variable = _ => null, Terminal = new Terminal(TextReader.Null, _out, _talk) };
}
