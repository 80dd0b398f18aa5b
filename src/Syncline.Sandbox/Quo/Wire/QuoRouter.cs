namespace Syncline.Sandbox.Quo.Wire;

/// <summary>An endpoint: how it is called and what it does.</summary>
/// <param name="Template">Segments in braces are variable.</param>
internal sealed record QuoRoute(string Method, string Template, Func<QuoCall, SandboxResponse> Handle)
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
internal sealed class QuoRouter(IReadOnlyList<QuoRoute> routes)
{
    public (QuoRoute Route, IReadOnlyList<string> Parts) Find(SandboxRequest request)
    {
        string[] path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (QuoRoute route in routes)
        {
            if (route.Match(request.Method, path) is { } parts) return (route, parts);
        }
        throw Refuse.NotFound($"{request.Method} {request.Path}");
    }
}
