using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Syncline.Cli.Tests.Invented;
using Syncline.Composition.Configuration;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Configuration;

public sealed class TheSchema
{
    /// <summary>Set to 1, it lets the test write the committed file instead of comparing it.</summary>
    private const string Update = "SYNCLINE_UPDATE_SCHEMA";

    [Fact]
    public void The_committed_schema_is_what_the_definitions_yield()
    {
        string generated = ConfigurationSchema.Generate(Catalogue.Providers());
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllText(CommittedFile(), generated);
        Assert.True(generated == File.ReadAllText(CommittedFile()), $"syncline.schema.json is out of date: run this test with {Update}=1.");
    }

    [Fact]
    public void Every_provider_and_setting_is_in_it()
    {
        string schema = ConfigurationSchema.Generate(Catalogue.Providers());
        foreach (string name in Catalogue.Providers().SelectMany(p => p.Settings.Select(s => s.Name).Prepend(p.Name))) Assert.Contains($"\"{name}\"", schema, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_writes_it_beside_a_configuration_that_names_it()
    {
        using Rehearsal here = new(configuration: null);
        Assert.Equal(0, await here.RunAsync("init"));
        Assert.StartsWith("# yaml-language-server: $schema=./syncline.schema.json", await File.ReadAllTextAsync(here.PathOf("syncline.yaml")), StringComparison.Ordinal);
        Assert.Equal("Syncline configuration", (string?)JsonNode.Parse(await File.ReadAllTextAsync(here.PathOf("syncline.schema.json")))!["title"]);
        Assert.Equal(2, await here.RunAsync("init"));
        Assert.Equal(0, await here.RunAsync("init", "--force"));
    }

    [Fact]
    public void What_init_writes_can_be_read()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("syncline-init-");
        string file = Path.Combine(folder.FullName, "syncline.yaml");
        File.WriteAllText(file, Syncline.Cli.Commands.InitCommand.Configuration);
        SynclineConfiguration read = new ConfigurationReader(Catalogue.Providers(), new(_ => null, file + ".env")).Read(folder.FullName, file);
        folder.Delete(recursive: true);
        Assert.Empty(read.Warnings);
        Assert.Equal(TimeSpan.FromMinutes(15), Assert.Single(read.Syncs).Schedule?.Every);
    }

    private static string CommittedFile([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Syncline.Composition/syncline.schema.json"));
}
