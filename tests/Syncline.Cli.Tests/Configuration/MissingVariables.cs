using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Configuration;

public sealed class MissingVariables : IDisposable
{
    private readonly Rehearsal _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task All_are_named_with_where_they_are_used_before_anything_is_called()
    {
        _here.Environment.Clear();
        Assert.Equal(2, await _here.RunAsync("run"));
        Assert.Contains("syncline.yaml:2:3: The variable LEFT_KEY is not set; connections.left.api_key needs it.", _here.Error, StringComparison.Ordinal);
        Assert.Contains("syncline.yaml:3:3: The variable RIGHT_KEY is not set", _here.Error, StringComparison.Ordinal);
        Assert.Contains(".env", _here.Error, StringComparison.Ordinal);
        Assert.Empty(_here.Left.KeysUsed);
    }

    [Fact]
    public async Task What_needs_no_key_works_without_one()
    {
        _here.Environment.Clear();
        Assert.Equal(0, await _here.RunAsync("status"));
        _here.Environment["LEFT_KEY"] = "k";
        Assert.Equal(0, await _here.RunAsync("connect", "left"));
    }

    [Fact]
    public async Task A_configuration_error_in_json_is_an_object_with_message_and_remedy()
    {
        _here.Write("syncline.yaml", "conections: {}");
        Assert.Equal(2, await _here.RunAsync("run", "--json"));
        Assert.Contains("connections", (string?)_here.Json["error"]!["message"], StringComparison.Ordinal);
        Assert.NotNull((string?)_here.Json["error"]!["remedy"]);
    }

    [Fact]
    public async Task A_limit_nobody_declares_is_refused()
    {
        _here.Write("syncline.yaml", Rehearsal.TwoConnections.Replace("${RIGHT_KEY}\"", "${RIGHT_KEY}\", limits: { wirtes: 1/s }", StringComparison.Ordinal));
        Assert.Equal(2, await _here.RunAsync("run"));
        Assert.Contains("'wirtes'", _here.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_elsewhere_brings_its_own_data_folder()
    {
        _here.Write("other/sync.yaml", Rehearsal.TwoConnections);
        Assert.Equal(0, await _here.RunAsync("run", "--config", "other/sync.yaml"));
        Assert.True(File.Exists(_here.PathOf("other/.syncline/hub.db")));
        Assert.Equal(0, await _here.RunAsync("run", "--config", "other/sync.yaml", "--data", "data"));
        Assert.True(File.Exists(_here.PathOf("data/hub.db")));
        Assert.Equal(2, await _here.RunAsync("run", "--config", "nowhere.yaml"));
    }
}
