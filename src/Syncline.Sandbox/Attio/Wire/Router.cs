namespace Syncline.Sandbox.Attio.Wire;

/// <summary>An endpoint: how it is called, what it counts as, what it needs, what it does.</summary>
/// <param name="Template">Segments in braces are variable.</param>
/// <param name="Needs">The scopes for a call, which may hang on its path.</param>
internal sealed record Route(string Method, string Template, Load Load, Func<Call, IReadOnlyList<Scope>> Needs, Func<Call, Answer> Handle)
{
    private readonly string[] _segments = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The path's variable parts, or null when it is another endpoint's.</summary>
    public IReadOnlyList<string>? Match(string method, string[] path)
    {
        if (method != Method || path.Length != _segments.Length) return null;
        List<string> parts = [];
        for (int i = 0; i < path.Length; i++)
        {
            if (_segments[i][0] == '{') parts.Add(Uri.UnescapeDataString(path[i]));
            else if (_segments[i] != path[i]) return null;
        }
        return parts;
    }
}

/// <summary>Finds the endpoint of a request.</summary>
internal sealed class Router(IReadOnlyList<Route> routes)
{
    public (Route Route, IReadOnlyList<string> Parts) Find(SandboxRequest request)
    {
        string[] path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (Route route in routes)
        {
            if (route.Match(request.Method, path) is { } parts) return (route, parts);
        }
        throw Refuse.NotFound($"Could not find endpoint \"{request.Method} {request.Path}\".");
    }
}
