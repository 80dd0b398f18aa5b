using System.CommandLine;
using Syncline.Cli.Commands;
using Syncline.Cli.Tests.Invented;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Commands;

public sealed class HelpTexts : IDisposable
{
    private readonly Rehearsal _here = new();

    public static TheoryData<string> Commands { get; } = [.. CommandTree.Create(new Surroundings(() => []) { WorkingFolder = "/", Variable = _ => null, Terminal = new(TextReader.Null, TextWriter.Null, TextWriter.Null) }).Subcommands.SelectMany(Paths)];

    public void Dispose() => _here.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_shows_how_it_is_used(string command)
    {
        Assert.Equal(0, await _here.RunAsync([.. command.Split(' '), "--help"]));
        Assert.Contains("Examples:", _here.Out, StringComparison.Ordinal);
        Assert.Contains("syncline " + command, _here.Out, StringComparison.Ordinal);
        Assert.Empty(_here.Error);
    }

    [Fact]
    public async Task A_mistyped_command_is_exit_code_2_with_the_nearest_one_on_standard_error()
    {
        Assert.Equal(2, await _here.RunAsync("statsu"));
        Assert.Contains("status", _here.Error, StringComparison.Ordinal);
        Assert.Empty(_here.Out);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task There_is_a_completion_script_for_each_shell(string shell)
    {
        Assert.Equal(0, await _here.RunAsync("completion", shell));
        Assert.Contains("[suggest:", _here.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_offers_the_names_of_the_syncs()
    {
        await _here.RunAsync("[suggest:13]", "syncline run ");
        Assert.Contains("across", _here.Out.Split('\n').Select(l => l.Trim()));
    }

    private static IEnumerable<string> Paths(Command command) => command.Subcommands.SelectMany(Paths).Select(p => $"{command.Name} {p}").Prepend(command.Name);
}
