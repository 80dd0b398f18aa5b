namespace Syncline.Sandbox.Quo.Wire;

/// <summary>An endpoint: how it is called and what it does.</summary>
/// <param name="Template">Segments in braces are variable.</param>
internal sealed record QuoRoute(string Method, string Template, Func<QuoCall, SandboxResponse> Handle)
{
    private readonly PathTemplate _path = new(Template);

    /// <summary>The path's variable parts, or null when it is another endpoint's.</summary>
    public IReadOnlyList<string>? Match(string method, string[] path) => method == Method ? _path.Match(path) : null;
}

/// <summary>Finds the endpoint of a request.</summary>
internal sealed class QuoRouter(IReadOnlyList<QuoRoute> routes)
{
    public (QuoRoute Route, IReadOnlyList<string> Parts) Find(SandboxRequest request)
    {
        string[] path = PathTemplate.Segments(request.Path);
        foreach (QuoRoute route in routes)
        {
            if (route.Match(request.Method, path) is { } parts) return (route, parts);
        }
        throw Refuse.NotFound($"{request.Method} {request.Path}");
    }
}
