namespace Syncline.Sandbox.Attio.Wire;

/// <summary>An endpoint: how it is called, what it counts as, what it needs, what it does.</summary>
/// <param name="Template">Segments in braces are variable.</param>
/// <param name="Needs">The scopes for a call, which may hang on its path.</param>
internal sealed record Route(string Method, string Template, Load Load, Func<Call, IReadOnlyList<Scope>> Needs, Func<Call, Answer> Handle)
{
    private readonly PathTemplate _path = new(Template);

    /// <summary>The path's variable parts, or null when it is another endpoint's.</summary>
    public IReadOnlyList<string>? Match(string method, string[] path) => method == Method ? _path.Match(path) : null;
}

/// <summary>Finds the endpoint of a request.</summary>
internal sealed class Router(IReadOnlyList<Route> routes)
{
    public (Route Route, IReadOnlyList<string> Parts) Find(SandboxRequest request)
    {
        string[] path = PathTemplate.Segments(request.Path);
        foreach (Route route in routes)
        {
            if (route.Match(request.Method, path) is { } parts) return (route, parts);
        }
        throw Refuse.NotFound($"Could not find endpoint \"{request.Method} {request.Path}\".");
    }
}
