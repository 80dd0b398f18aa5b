using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Configuration;

public sealed class ChangingAMap : IDisposable
{
    private const string Ends = """
        # ours
        connections:
          attio: { provider: attio, api_key: "${ONE}" }   # the first
          quo: { provider: quo, api_key: "${TWO}" }

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-maps-");

    private string File => Path.Combine(_folder.FullName, "syncline.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "maps:\n  attio:\n    person:\n      job_title: position\n")]
    [InlineData("maps:\n", "maps:\n  attio:\n    person:\n      job_title: position\n")]
    [InlineData("maps:   # none yet\nlog: { keep: 2 }\n", "maps:   # none yet\n  attio:\n    person:\n      job_title: position\nlog: { keep: 2 }\n")]
    [InlineData("maps: ~   # none yet\n", "maps:   # none yet\n  attio:\n    person:\n      job_title: position\n")]
    [InlineData("maps: {}   # none yet\n", "maps: { attio: { person: { job_title: position } } }   # none yet\n")]
    [InlineData("maps: { attio: { person: { email: none } } }\n", "maps: { attio: { person: { email: none, job_title: position } } }\n")]
    [InlineData("maps:\n  quo:\n    person:\n      job_title: role\n\nlog: { keep: 2 }\n", "maps:\n  quo:\n    person:\n      job_title: role\n  attio:\n    person:\n      job_title: position\n\nlog: { keep: 2 }\n")]
    [InlineData("maps:\n  attio:\n    company:\n      industry: none\n", "maps:\n  attio:\n    company:\n      industry: none\n    person:\n      job_title: position\n")]
    [InlineData("maps:\n  attio:\n    person:\n      email: none   # private\n      # phone: none\n  # more to come\n", "maps:\n  attio:\n    person:\n      email: none   # private\n      # phone: none\n      job_title: position\n  # more to come\n")]
    [InlineData("maps:\n  attio:\n    person: { email: none }   # short\n", "maps:\n  attio:\n    person: { email: none, job_title: position }   # short\n")]
    [InlineData("maps:\n  attio:\n    person:\n      email: none\n\n    company:\n      industry: none", "maps:\n  attio:\n    person:\n      email: none\n      job_title: position\n\n    company:\n      industry: none")]
    [InlineData("log: { keep: 2 }", "log: { keep: 2 }\nmaps:\n  attio:\n    person:\n      job_title: position\n")]
    public void A_rule_comes_where_it_belongs_and_all_else_stays(string before, string after)
    {
        Save(before, editor => editor.WithRule("attio", "person", "job_title", new() { To = "position" }));
        Assert.Equal(Ends + after, System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("job_title: position   # theirs\n      email: none\n", "job_title: { to: role, policy: hub-wins }   # theirs\n      email: none\n")]
    [InlineData("\"job_title\": 'position'\n", "\"job_title\": { to: role, policy: hub-wins }\n")]
    [InlineData("job_title: { to: position,\n        direction: in }\n", "job_title: { to: role, policy: hub-wins }\n")]
    [InlineData("job_title:   # theirs\n        to: position   # old\n        # a remark\n        direction: in\n      email: none\n", "job_title:   # theirs\n        to: role   # old\n        # a remark\n        policy: hub-wins\n      email: none\n")]
    public void A_rule_that_is_there_is_replaced_in_its_form(string before, string after)
    {
        Save("maps:\n  attio:\n    person:\n      " + before, editor => editor.WithRule("attio", "person", "job_title", new() { To = "role", Policy = "hub-wins" }));
        Assert.Equal(Ends + "maps:\n  attio:\n    person:\n      " + after, System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("maps:\n  attio:\n    person:\n      job_title: position\n      email: none\n", "maps:\n  attio:\n    person:\n      email: none\n")]
    [InlineData("maps:   # ours\n  # Attio's own\n  attio:\n    person:\n      job_title: position   # gone with it\nlog: { keep: 2 }\n", "# ours\n  # Attio's own\nlog: { keep: 2 }\n")]
    [InlineData("maps:\n  quo: { person: { email: none } }\n  attio:\n    person:\n      job_title:\n        to: position\n        # kept\n        direction: in\n", "maps:\n  quo: { person: { email: none } }\n        # kept\n")]
    [InlineData("maps: { attio: { person: { job_title: position } } }\n", "")]
    [InlineData("maps: { attio: { person: { job_title: position, email: none } } }\n", "maps: { attio: { person: { email: none } } }\n")]
    [InlineData("maps: { attio: { person: { email: none, job_title: { to: position } } } }", "maps: { attio: { person: { email: none } } }")]
    public void A_rule_goes_and_leaves_nothing_broken(string before, string after)
    {
        Save(before, editor => editor.WithoutRule("attio", "person", "job_title"));
        Assert.Equal(Ends + after, System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("maps: &all\n  attio:\n    person:\n      email: none\n")]
    [InlineData("maps:\n  attio: &one\n    person: { email: none }\n  quo: *one\n")]
    [InlineData("maps:\n  attio: !ours { person: { email: none } }\n")]
    public void A_form_that_is_not_changed_here_is_left_to_its_owner(string maps)
    {
        System.IO.File.WriteAllText(File, Ends + maps);
        Assert.Contains("form", Assert.Throws<UsageException>(() => Editor().WithRule("attio", "person", "job_title", new() { To = "position" })).Message, StringComparison.Ordinal);
        Assert.Equal(Ends + maps, System.IO.File.ReadAllText(File));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void Texts_that_YAML_would_read_otherwise_stand_in_quotes_and_come_back_as_they_are()
    {
        RuleText rule = new() { To = "a: \"b\" # c\\", Transform = "options(a=b, c=d) | trim", Policy = "fill-only", Direction = "out", Required = true };
        Save("", editor => editor.WithRule("attio", "person", "<b>null</b>: {x}", rule));
        MapOverride read = Assert.Single(Read().Maps);
        Assert.Equal("<b>null</b>: {x}", read.Canonical);
        Assert.Equal(rule, RuleText.Of(read));
    }

    [Fact]
    public void Lines_end_as_they_ended()
    {
        System.IO.File.WriteAllText(File, Ends.ReplaceLineEndings("\r\n"));
        ConfigurationEditor editor = Editor();
        editor.Save(editor.WithRule("attio", "person", "job_title", new() { To = RuleText.Nowhere, Policy = "latest" }));
        Assert.Equal((Ends + "maps:\n  attio:\n    person:\n      job_title: none\n").ReplaceLineEndings("\r\n"), System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void What_contradicts_itself_is_said_in_words_and_changes_nothing()
    {
        System.IO.File.WriteAllText(File, Ends);
        Assert.Contains("both be written to people.job_title", Refused<ConfigurationException>("email", new() { To = "job_title" }), StringComparison.Ordinal);
        Assert.Contains("Did you mean 'lower'?", Refused<ConfigurationException>("email", new() { Transform = "lowre" }), StringComparison.Ordinal);
        Assert.Contains("syncline.yaml:", Refused<ConfigurationException>("email", new() { Policy = "strongest" }), StringComparison.Ordinal);
        Assert.Contains("says nothing", Refused<UsageException>("email", new() { To = " " }), StringComparison.Ordinal);
        Assert.Contains("one line", Refused<UsageException>("email", new() { To = "a\nb" }), StringComparison.Ordinal);
        Assert.Contains("about a field", Refused<UsageException>(" ", new() { To = "a" }), StringComparison.Ordinal);
        Assert.Contains("no maps.attio.person.email", Assert.Throws<UsageException>(() => Editor().WithoutRule("attio", "person", "email")).Message, StringComparison.Ordinal);
        Assert.Equal(Ends, System.IO.File.ReadAllText(File));
        Assert.Single(_folder.GetFiles());
    }

    private string Refused<T>(string field, RuleText rule) where T : Exception => Assert.Throws<T>(() => Editor().WithRule("attio", "person", field, rule)).Message;

    private void Save(string maps, Func<ConfigurationEditor, ConfigurationDraft> change)
    {
        System.IO.File.WriteAllText(File, Ends + maps);
        ConfigurationEditor editor = Editor();
        editor.Save(change(editor));
        Assert.Single(_folder.GetFiles());
        Read();
    }

    private SynclineConfiguration Read() => new ConfigurationReader(Catalogue.Providers(), Variables).Read(_folder.FullName, File);

    private Variables Variables => new(_ => null, Path.Combine(_folder.FullName, ".env"));

    private ConfigurationEditor Editor() => new(Catalogue.Providers(), Variables, File);
}
