using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Syncline.Records;

namespace Syncline.Tests.Architecture;

public sealed class TheEngineDecidesOnly
{
    private static readonly string[] Providers = ["heyreach", "attio", "hubspot", "lemlist", "quo"];

    private static readonly Assembly Engine = typeof(RecordKey).Assembly;

    private static readonly HashSet<string> Types = [.. Used(reader => reader.TypeReferences.Select(reader.GetTypeReference).Select(t => $"{reader.GetString(t.Namespace)}.{reader.GetString(t.Name)}"))];

    private static readonly HashSet<string> Members = [.. Used(reader => reader.MemberReferences.Select(reader.GetMemberReference).Where(m => m.Parent.Kind == HandleKind.TypeReference).Select(m => NameOf(reader, m)))];

    [Theory]
    [InlineData("System.Net.")]
    [InlineData("System.Data.")]
    [InlineData("System.IO.")]
    [InlineData("System.Diagnostics.Stopwatch")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Threading.SemaphoreSlim")]
    [InlineData("System.Threading.Timer")]
    [InlineData("System.Threading.Thread.")]
    [InlineData("System.Threading.ThreadPool")]
    [InlineData("System.Console")]
    public void It_names_no_edge_of_the_world(string type) => Assert.DoesNotContain(Types, t => $"{t}.".StartsWith(type, StringComparison.Ordinal));

    [Theory]
    [InlineData("DateTime.get_Now")]
    [InlineData("DateTime.get_UtcNow")]
    [InlineData("DateTime.get_Today")]
    [InlineData("DateTimeOffset.get_Now")]
    [InlineData("DateTimeOffset.get_UtcNow")]
    [InlineData("TimeProvider.get_System")]
    [InlineData("Environment.get_TickCount")]
    [InlineData("Environment.get_TickCount64")]
    [InlineData("Thread.Sleep")]
    [InlineData("Task.Run")]
    [InlineData("Random.get_Shared")]
    [InlineData("Guid.NewGuid")]
    public void It_takes_time_chance_and_threads_from_nobody_but_its_caller(string member) => Assert.DoesNotContain(member, Members);

    [Fact]
    public void The_rules_above_look_at_something() => Assert.True(Types.Contains("System.TimeProvider") && Members.Contains("TimeProvider.GetUtcNow"));

    [Fact]
    public void It_names_no_provider()
    {
        Assert.DoesNotContain(Engine.GetTypes().SelectMany(t => t.GetMembers(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance).Select(m => m.Name).Append(t.FullName!)), IsOfAProvider);
        Assert.DoesNotContain(Projects.Sources("src/Syncline").SelectMany(s => Words().Matches(s.Code).Select(w => w.Value)), IsOfAProvider);

        // Whole parts of names: "quota" and "quote" are no provider.
        static Regex Words() => new("[A-Za-z]+");
    }

    private static bool IsOfAProvider(string name) => Regex.Split(name, "(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z]+").Any(part => Providers.Contains(part, StringComparer.OrdinalIgnoreCase))
        || Providers.Where(p => p != "quo").Any(p => name.Contains(p, StringComparison.OrdinalIgnoreCase));

    private static List<string> Used(Func<MetadataReader, IEnumerable<string>> read)
    {
        using PEReader file = new(File.OpenRead(Engine.Location));
        return [.. read(file.GetMetadataReader())];
    }

    private static string NameOf(MetadataReader reader, MemberReference member) =>
        $"{reader.GetString(reader.GetTypeReference((TypeReferenceHandle)member.Parent).Name)}.{reader.GetString(member.Name)}";
}
