using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Commands;

public sealed class SettingUp : IDisposable
{
    private readonly Rehearsal _here = new(configuration: null);

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task The_variables_lie_where_they_are_looked_for_beside_the_configuration()
    {
        Directory.CreateDirectory(_here.PathOf("conf"));
        Assert.Equal(0, await _here.RunAsync("init", "--config", "conf/syncline.yaml"));
        Assert.True(File.Exists(_here.PathOf("conf/.env")));
        Assert.True(File.Exists(_here.PathOf("conf/.gitignore")));
        Assert.False(File.Exists(_here.PathOf(".env")));
    }

    [Fact]
    public async Task Keys_and_personal_data_stay_out_of_git_where_other_files_were_ignored_before()
    {
        _here.Write(".gitignore", "node_modules/");
        await _here.RunAsync("init");
        Assert.Equal(["node_modules/", ".env", ".syncline/"], await File.ReadAllLinesAsync(_here.PathOf(".gitignore"), TestContext.Current.CancellationToken));
        await _here.RunAsync("init", "--force");
        Assert.Equal(3, (await File.ReadAllLinesAsync(_here.PathOf(".gitignore"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Nobody_else_on_this_machine_reads_the_keys()
    {
        await _here.RunAsync("init");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_here.PathOf(".env")));
    }

    [Theory]
    [InlineData("--port", "70000")]
    [InlineData("--port", "-1")]
    [InlineData("--emails", "101")]
    public async Task A_sandbox_that_cannot_be_is_a_usage_error(string option, string value)
    {
        Assert.Equal(2, await _here.RunAsync("sandbox", option, value, "--bare"));
        Assert.Contains(option, _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_whose_page_has_no_folder_is_not_begun()
    {
        Assert.Equal(2, await _here.RunAsync("demo", "--fast", "--people", "10", "--report", "nowhere/page.html"));
        Assert.DoesNotContain("First run", _here.Error, StringComparison.Ordinal);
    }
}
