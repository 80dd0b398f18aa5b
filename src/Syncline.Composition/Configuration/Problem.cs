using YamlDotNet.RepresentationModel;

namespace Syncline.Composition.Configuration;

/// <summary>A place in the configuration file; lines and columns count from 1.</summary>
internal readonly record struct Place(long Line, long Column)
{
    public static Place Of(YamlNode node) => new(node.Start.Line, node.Start.Column);

    public override string ToString() => $"{Line}:{Column}";
}

/// <summary>Something in the configuration that is wrong or doubtful.</summary>
/// <param name="At">Null when it is about something that is not there.</param>
internal sealed record Problem(Place? At, string Message, bool IsWarning = false);

/// <summary>Collects every problem of a configuration, so that all are shown at once.</summary>
internal sealed class Problems
{
    private readonly List<Problem> _all = [];

    public IReadOnlyList<Problem> All => _all;

    public IEnumerable<Problem> Errors => _all.Where(p => !p.IsWarning);

    public IEnumerable<Problem> Warnings => _all.Where(p => p.IsWarning);

    public void Error(Place? at, string message) => _all.Add(new(at, message));

    public void Warn(Place? at, string message) => _all.Add(new(at, message, IsWarning: true));
}

/// <summary>The configuration cannot be used.</summary>
internal sealed class ConfigurationException(string? file, IReadOnlyList<Problem> problems, string hint)
    : Exception(string.Join(Environment.NewLine, problems.Select(p => Line(file, p))))
{
    public string? File { get; } = file;

    public IReadOnlyList<Problem> Problems { get; } = problems;

    /// <summary>What the user does about it.</summary>
    public string Hint { get; } = hint;

    public static string Line(string? file, Problem problem) => (file, problem.At) switch
    {
        ({ } name, { } at) => $"{Path.GetFileName(name)}:{at}: {problem.Message}",
        ({ } name, null) => $"{Path.GetFileName(name)}: {problem.Message}",
        _ => problem.Message,
    };
}
