using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Configuration;

public sealed class AddingAConnection : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-edit-");

    private string File => Path.Combine(_folder.FullName, "syncline.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Comments_order_and_form_stay_as_they_are()
    {
        const string before = """
            # ours
            connections:
                one:   # the first
                    provider: attio
                    api_key: "${ONE}"
                # nobody's

            syncs: {}   # none yet

            """;
        System.IO.File.WriteAllText(File, before);
        Editor().AddConnection("two", "heyreach", [("api_key", "${TWO_API_KEY}")]);
        Assert.Equal(before.Replace("    # nobody's\n", "    # nobody's\n    two: { provider: heyreach, api_key: \"${TWO_API_KEY}\" }\n", StringComparison.Ordinal), System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_file_is_made_where_there_is_none()
    {
        Editor().AddConnection("two", "heyreach", [("api_key", "${TWO_API_KEY}")]);
        Assert.Equal("connections:\n  two: { provider: heyreach, api_key: \"${TWO_API_KEY}\" }\n", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void The_last_line_need_not_end()
    {
        System.IO.File.WriteAllText(File, "connections:\n  one: { provider: attio, api_key: \"${ONE}\" }");
        Editor().AddConnection("two", "heyreach", [("api_key", "${TWO_API_KEY}")]);
        Assert.EndsWith("\n  two: { provider: heyreach, api_key: \"${TWO_API_KEY}\" }\n", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_in_braces_stay_in_braces()
    {
        System.IO.File.WriteAllText(File, "connections: { one: { provider: attio, api_key: \"${ONE}\" } }   # all\n");
        Editor().AddConnection("two", "heyreach", [("api_key", "${TWO_API_KEY}")]);
        Assert.Equal("connections: { one: { provider: attio, api_key: \"${ONE}\" }, two: { provider: heyreach, api_key: \"${TWO_API_KEY}\" } }   # all\n", System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("one", "connections:\n  one: { provider: attio, api_key: \"${ONE}\" }\n")]
    [InlineData("two", "connections: &all\n  one: { provider: attio, api_key: \"${ONE}\" }\n")]
    public void A_name_that_is_taken_or_a_file_in_another_form_is_left_to_its_owner(string name, string before)
    {
        System.IO.File.WriteAllText(File, before);
        Assert.Throws<UsageException>(() => Editor().AddConnection(name, "heyreach", [("api_key", "${TWO_API_KEY}")]));
        Assert.Equal(before, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void What_would_break_the_file_changes_nothing()
    {
        const string before = "connections:\n  one: { provider: attio, api_key: \"${ONE}\" }\n";
        System.IO.File.WriteAllText(File, before);
        Assert.Throws<ConfigurationException>(() => Editor().AddConnection("two", "nobody", []));
        Assert.Equal(before, System.IO.File.ReadAllText(File));
        Assert.Single(_folder.GetFiles());
    }

    private ConfigurationEditor Editor() => new(Catalogue.Providers(), new(_ => null, Path.Combine(_folder.FullName, ".env")), File);
}
