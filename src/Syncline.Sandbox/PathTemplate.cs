namespace Syncline.Sandbox;

/// <summary>The path of an endpoint.</summary>
/// <param name="Text">Segments in braces are variable: <c>/v1/contacts/{id}</c>.</param>
internal sealed record PathTemplate(string Text)
{
    private readonly string[] _segments = Segments(Text);

    public static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The variable parts of a path, unescaped, or null when it is another endpoint's.</summary>
    public IReadOnlyList<string>? Match(string[] path)
    {
        if (path.Length != _segments.Length) return null;
        List<string> parts = [];
        for (int i = 0; i < path.Length; i++)
        {
            if (_segments[i][0] == '{') parts.Add(Uri.UnescapeDataString(path[i]));
            else if (_segments[i] != path[i]) return null;
        }
        return parts;
    }
}
