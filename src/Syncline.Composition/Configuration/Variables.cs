using System.Text.RegularExpressions;

namespace Syncline.Composition.Configuration;

/// <summary>Variables of the environment and of the <c>.env</c> file beside the configuration; the environment goes first.</summary>
/// <remarks>The file is read again whenever its time of change has moved, so that a rotated key is used by the next call.</remarks>
internal sealed partial class Variables(Func<string, string?> environment, string envFile)
{
    private readonly Lock _gate = new();
    private Dictionary<string, string> _file = new(StringComparer.Ordinal);
    private DateTime _readAt;

    public string? Find(string name) => environment(name) is { Length: > 0 } value ? value : FromFile(name);

    /// <summary>The names in a text that stand for variables.</summary>
    public static IEnumerable<string> NamesIn(string text) => Reference().Matches(text).Select(m => m.Groups[1].Value);

    /// <summary>The text with every <c>${NAME}</c> replaced; null when one of them is not set.</summary>
    public string? Expand(string text)
    {
        if (!text.Contains("${", StringComparison.Ordinal)) return text;
        bool isWhole = true;
        string expanded = Reference().Replace(text, match =>
        {
            string? value = Find(match.Groups[1].Value);
            isWhole &= value is not null;
            return value ?? "";
        });
        return isWhole ? expanded : null;
    }

    private string? FromFile(string name)
    {
        lock (_gate)
        {
            DateTime changedAt = File.GetLastWriteTimeUtc(envFile);
            if (changedAt != _readAt) (_file, _readAt) = (Read(), changedAt);
            return _file.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
        }
    }

    private Dictionary<string, string> Read()
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        if (!File.Exists(envFile)) return values;
        foreach (string line in File.ReadLines(envFile))
        {
            if (Assignment().Match(line) is { Success: true } match) values[match.Groups[1].Value] = Unquoted(match.Groups[2].Value);
        }
        return values;
    }

    /// <summary>A quoted value is taken as it stands; a bare one ends at a <c>#</c> that follows a blank.</summary>
    private static string Unquoted(string value)
    {
        string text = value.Trim();
        if (text.Length >= 2 && text[0] is '"' or '\'' && text.LastIndexOf(text[0]) is > 0 and int end) return text[1..end];
        int comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$")]
    private static partial Regex Assignment();
}
