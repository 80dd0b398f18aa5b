using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Syncline.Records;

namespace Syncline.Tests.Architecture;

public sealed class HouseRules
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Type[] Engine = [.. typeof(RecordKey).Assembly.GetTypes().Where(t => !IsGenerated(t))];

    private static readonly SourceText[] Sources = [.. Projects.Sources("src")];

    [Fact]
    public void Every_asynchronous_method_takes_its_token_last()
    {
        IEnumerable<MethodInfo> asynchronous = Engine.Where(t => t.IsVisible && !t.IsSubclassOf(typeof(Delegate))).SelectMany(t => t.GetMethods(Declared)).Where(m => m.IsPublic && IsAsynchronous(m.ReturnType) && m.Name is not "DisposeAsync");
        Assert.Empty(asynchronous.Where(m => m.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)).Select(m => $"{m.DeclaringType!.Name}.{m.Name}"));
    }

    [Fact]
    public void Every_asynchronous_method_of_the_edges_takes_its_token_last() =>
        Assert.Empty(Sources.SelectMany(s => PublicAsync().Matches(s.Code).Where(m => m.Groups["name"].Value != "DisposeAsync" && !TakesItsTokenLast(Parameters(s.Code, m.Index + m.Length))).Select(m => $"{s.Name}: {m.Groups["name"].Value}")));

    [Fact]
    public void Nothing_is_async_void() => Assert.DoesNotContain(Sources, s => Regex.IsMatch(s.Code, @"\basync\s+void\b"));

    [Fact]
    public void No_type_is_named_for_nothing_in_particular() =>
        Assert.Empty(Sources.SelectMany(s => Vague().Matches(s.Code).Select(m => $"{s.Name}: {m.Value}")));

    [Fact]
    public void Nothing_static_can_be_changed()
    {
        IEnumerable<FieldInfo> statics = Engine.SelectMany(t => t.GetFields(Declared)).Where(f => f.IsStatic && !f.IsLiteral && !f.IsDefined(typeof(CompilerGeneratedAttribute)));
        Assert.Empty(statics.Where(f => !f.IsInitOnly || (!f.IsPrivate && IsMutable(f.FieldType))).Select(f => $"{f.DeclaringType!.Name}.{f.Name}"));
        Assert.Empty(Engine.SelectMany(t => t.GetProperties(Declared)).Where(p => p.SetMethod is { IsStatic: true }).Select(p => $"{p.DeclaringType!.Name}.{p.Name}"));
    }

    [Fact]
    public void Nothing_static_can_be_changed_at_the_edges() =>
        Assert.Empty(Sources.SelectMany(s => PublicStaticField().Matches(s.Code).Select(m => $"{s.Name}: {m.Value.Trim()}")));

    [Fact]
    public void No_warning_is_switched_off_in_a_file() => Assert.DoesNotContain(Sources, s => Regex.IsMatch(s.Code, @"#pragma\s+warning\s+disable|#nullable\s+disable|#region"));

    [Fact]
    public void No_file_is_longer_than_a_few_screens() => Assert.Empty(Sources.Where(s => s.Text.Count(c => c == '\n') > 350).Select(s => s.Name));

    [Fact]
    public void Every_test_class_has_a_fact()
    {
        Type[] classes = [.. typeof(HouseRules).Assembly.GetTypes().Where(t => t.IsPublic && t.IsClass && !t.IsAbstract)];
        Assert.Empty(classes.Where(t => !t.GetMethods().Any(m => m.GetCustomAttributes<FactAttribute>().Any())).Select(t => t.FullName));
    }

    [Fact]
    public void Every_test_class_has_a_fact_in_the_other_projects_too() => Assert.Empty(Projects.Sources("tests")
        .Where(s => s.Folder.EndsWith("Tests", StringComparison.Ordinal) && PublicTestClass().Matches(s.Code) is { Count: > 0 } found && found.All(m => m.Groups["base"].Value.Length == 0))
        .Where(s => !Regex.IsMatch(s.Code, @"\[(Fact|Theory)\b"))
        .Select(s => s.Name));

    private static bool IsGenerated(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.FullName!.Contains('<', StringComparison.Ordinal) || type.Namespace?.StartsWith("Syncline", StringComparison.Ordinal) != true;

    private static bool IsAsynchronous(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is { } open && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));

    private static bool IsMutable(Type type) => type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() is { } open && (open == typeof(List<>) || open == typeof(Dictionary<,>) || open == typeof(HashSet<>)));

    private static Regex PublicAsync() => new(@"\bpublic\s+(?:static\s+|override\s+|virtual\s+|async\s+)*(?:Task|ValueTask|IAsyncEnumerable)\b(?:<[^;={}]*?>)?\s+(?<name>\w+)\s*(?:<\w+>)?\(");

    private static Regex Vague() => new(@"\b(?:class|record|struct|interface|enum)\s+\w*(?:Manager|Helper|Helpers|Utils|Util|Utilities|Common)\b");

    private static Regex PublicStaticField() => new(@"^[ ]*(?:public|internal)\s+static\s+(?!readonly\b|class\b|partial\b|event\b|extern\b)[\w<>\[\],.? ]+\s\w+\s*(?:=(?![>=])[^\n]*|;)[ ]*$", RegexOptions.Multiline);

    private static Regex PublicTestClass() => new(@"\bpublic\s+sealed\s+class\s+\w+(?:\([^)]*\))?(?<base>\s*:\s*\w*(?:Conform|Suite|IAsync)\w*)?");

    /// <summary>What stands between the parentheses that were just opened.</summary>
    private static string Parameters(string code, int start)
    {
        int depth = 1, end = start;
        while (depth > 0 && end < code.Length) depth += code[end++] switch { '(' => 1, ')' => -1, _ => 0 };
        return code[start..(end - 1)];
    }

    /// <summary>A request carries its own token.</summary>
    private static bool TakesItsTokenLast(string parameters) => Regex.IsMatch(parameters, @"Http(Context|Request)\b|EndpointFilterInvocationContext\b") || Regex.IsMatch(parameters, @"CancellationToken\s+\w+(\s*=\s*default)?\s*$");
}
