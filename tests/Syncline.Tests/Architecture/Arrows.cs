using System.Text.RegularExpressions;
using Syncline.Records;

namespace Syncline.Tests.Architecture;

public sealed class Arrows
{
    [Fact]
    public void The_engine_sees_no_other_project() => Assert.Empty(Projects.ReferencesOf("Syncline"));

    [Fact]
    public void The_engine_is_built_on_the_framework_alone()
    {
        Assert.Equal(["Microsoft.CodeAnalysis.BannedApiAnalyzers"], Projects.PackagesOf("Syncline"));
        Assert.All(typeof(RecordKey).Assembly.GetReferencedAssemblies(), a => Assert.Matches(@"^System\.", a.Name));
    }

    [Theory]
    [InlineData("Syncline.Connectors", "Syncline")]
    [InlineData("Syncline.Storage", "Syncline")]
    public void An_edge_sees_the_engine_and_nobody_else(string project, string seen) => Assert.Equal([seen], Projects.ReferencesOf(project));

    [Fact]
    public void The_sandbox_shares_no_type_with_anybody()
    {
        Assert.Empty(Projects.ReferencesOf("Syncline.Sandbox"));
        Assert.DoesNotContain(Projects.Sources("src/Syncline.Sandbox"), s => ForeignNamespace().IsMatch(s.Code));

        static Regex ForeignNamespace() => new(@"\busing\s+Syncline\.(?!Sandbox\b)|\bSyncline\.(Records|Extraction|Mapping|Matching|Merging|Planning|Loading|Limits|Enriching|Syncs|Connectors|Storage|Cli|Server)\b");
    }

    [Fact]
    public void The_edges_meet_in_one_place()
    {
        Assert.Equal(["Syncline.Composition"], Projects.All("src").Where(p => Projects.ReferencesOf(p).Intersect(["Syncline.Connectors", "Syncline.Storage"]).Any()));
        Assert.Subset(new HashSet<string> { "Syncline.Cli", "Syncline.Server" }, Projects.All("src").Where(p => Projects.ReferencesOf(p).Intersect(["Syncline.Composition", "Syncline.Sandbox"]).Any()).ToHashSet());
        Assert.DoesNotContain(Projects.All("src"), p => Projects.ReferencesOf(p).Contains("Syncline.Cli"));
    }

    [Fact]
    public void A_provider_never_uses_another_providers_words()
    {
        string[] providers = [.. Projects.FoldersOf("Syncline.Connectors").Where(f => f != "Http")];
        List<string> crossings = [];
        foreach (SourceText source in Projects.Sources("src/Syncline.Connectors").Where(s => providers.Contains(s.Folder)))
        {
            crossings.AddRange(providers.Where(p => p != source.Folder && Regex.IsMatch(source.Code, $@"\bConnectors\.{p}\b|(?<=\busing\s.*){p}\s*;")).Select(p => $"{source.Name} uses {p}"));
        }
        Assert.Empty(crossings);
    }

    [Fact]
    public void The_ground_that_providers_share_knows_none_of_them()
    {
        string[] providers = [.. Projects.FoldersOf("Syncline.Connectors").Where(f => f != "Http")];
        Assert.DoesNotContain(Projects.Sources("src/Syncline.Connectors/Http"), s => providers.Any(p => Regex.IsMatch(s.Code, $@"\bConnectors\.{p}\b")));
    }
}
