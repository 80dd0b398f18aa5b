using Syncline.Composition.Configuration;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Configuration;

public sealed class EnvironmentNames : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-env-");

    private readonly Dictionary<string, string> _environment = new()
    {
        ["HR_API_KEY"] = "hr",
        ["ATTIO_API_KEY"] = "at",
        ["HR_GET_CONVERSATIONS_V2_URL"] = "https://heyreach.example.com/api/public/inbox/GetConversationsV2",
        ["AT_PEOPLE_UPSERT_URL"] = "https://attio.example.com/v2/objects/people/records",
        ["AT_MESSAGES_UPSERT_URL"] = "https://attio.example.com/v2/objects/li_messages/records?matching_attribute=message_uid",
        ["AT_DRY_RUN"] = "true",
        ["MAX_LEADS"] = "10",
        ["HR_PAGE_LIMIT"] = "40",
        ["HR_INBOX_LIMIT"] = "50",
        ["HR_MAX_INBOX_BATCHES"] = "2",
        ["HR_MAX_REQS_PER_2S"] = "3",
        ["CONCURRENCY"] = "5",
        ["HR_FORCE_INBOX"] = "1",
        ["OUTPUT_DIR"] = "exports/attio",
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_a_file_they_are_the_configuration()
    {
        SynclineConfiguration read = Read(null);
        Assert.Equal(["heyreach", "attio"], read.Connections.Select(c => c.Name));
        Assert.Equal("https://heyreach.example.com/api/public", read.Connections[0].Settings["base_url"]);
        Assert.Equal("50", read.Connections[0].Settings["page_size"]);
        Assert.Equal("3", read.Connections[0].Settings["requests_per_2s"]);
        Assert.All(read.Connections, c => Assert.Equal("5", c.Settings["concurrency"]));
        Assert.Equal("https://attio.example.com", read.Connections[1].Settings["base_url"]);
        Assert.Equal("li_messages", read.Connections[1].Settings["messages_object"]);
        SyncConfiguration sync = Assert.Single(read.Syncs);
        Assert.Equal(("linkedin-to-attio", "heyreach", "attio"), (sync.Name, sync.From[0], sync.To[0]));
        Assert.Equal(new() { IsDryRun = true, IsFull = true, Limit = 10, MaxPages = 2, OutputFolder = "exports/attio" }, read.Defaults);
    }

    [Fact]
    public void Beside_a_file_pace_and_limits_go_before_it_and_its_addresses_stay()
    {
        SynclineConfiguration read = Read("""
            connections:
              hr: { provider: heyreach, api_key: "${HR_API_KEY}", base_url: "http://127.0.0.1:5080/heyreach/api/public", page_size: 100 }
            """);
        Assert.Equal("50", read.Connections[0].Settings["page_size"]);
        Assert.StartsWith("http://127.0.0.1", read.Connections[0].Settings["base_url"], StringComparison.Ordinal);
        Assert.Equal(10, read.Defaults.Limit);
    }

    [Fact]
    public void Zero_means_no_limit_and_text_is_an_error()
    {
        (_environment["MAX_LEADS"], _environment["HR_MAX_INBOX_BATCHES"]) = ("0", "0");
        Assert.True(Read(null).Defaults is { Limit: null, MaxPages: null });
        _environment["MAX_LEADS"] = "all";
        Assert.Contains("MAX_LEADS", Assert.Throws<ConfigurationException>(() => Read(null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_match_attribute_takes_the_LinkedIn_slug()
    {
        _environment["AT_PEOPLE_MATCH_ATTRIBUTE"] = "linkedin";
        Assert.Empty(Read(null).Maps);
        _environment["AT_PEOPLE_MATCH_ATTRIBUTE"] = "linkedin_slug";
        MapOverride rule = Assert.Single(Read(null).Maps);
        Assert.Equal(("attio", "linkedin", "linkedin_slug"), (rule.Connection, rule.Canonical, rule.Remote));
    }

    [Fact]
    public void HR_LIST_IDS_is_said_to_be_unused()
    {
        _environment["HR_LIST_IDS"] = "1,2";
        Assert.Contains("HR_LIST_IDS", Assert.Single(Read(null).Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_neither_a_file_nor_a_key_the_way_out_is_said()
    {
        _environment.Clear();
        Assert.Contains("syncline init", Assert.Throws<ConfigurationException>(() => Read(null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NAME=value", "value")]
    [InlineData("export NAME=value", "value")]
    [InlineData("NAME = \"quoted # value\" # why", "quoted # value")]
    [InlineData("NAME='single'", "single")]
    [InlineData("NAME=value # why", "value")]
    [InlineData("NAME=a=b#c", "a=b#c")]
    [InlineData("# NAME=value", null)]
    [InlineData("NAME=", null)]
    public void The_env_file_is_read_as_shells_and_tools_write_it(string line, string? value)
    {
        File.WriteAllText(EnvFile, line + "\r\n");
        Assert.Equal(value, new Variables(_ => null, EnvFile).Find("NAME"));
    }

    [Fact]
    public void The_environment_goes_before_the_env_file()
    {
        File.WriteAllText(EnvFile, "NAME=file");
        Assert.Equal("process", new Variables(_ => "process", EnvFile).Find("NAME"));
        Assert.Equal("<file>", new Variables(_ => null, EnvFile).Expand("<${NAME}>"));
        Assert.Null(new Variables(_ => null, EnvFile).Expand("${OTHER}"));
    }

    private string EnvFile => Path.Combine(_folder.FullName, ".env");

    private SynclineConfiguration Read(string? yaml)
    {
        string file = Path.Combine(_folder.FullName, "syncline.yaml");
        if (yaml is not null) File.WriteAllText(file, yaml);
        return new ConfigurationReader(Catalogue.Providers(), new(name => _environment.GetValueOrDefault(name), EnvFile)).Read(_folder.FullName, yaml is null ? null : file);
    }
}
