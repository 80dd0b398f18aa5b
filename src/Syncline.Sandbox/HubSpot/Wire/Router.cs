namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>Which limit a request counts against.</summary>
internal enum Pool { General, Search, Associations, None }

/// <summary>One endpoint.</summary>
/// <param name="Path">Without the version: <c>/objects/{type}/{id}</c>.</param>
/// <param name="Scopes">Any one of them suffices; none asks for nothing.</param>
internal sealed record Route(string Method, string Path, Func<Call, IReadOnlyList<string>> Scopes, Func<Call, SandboxResponse> Handle)
{
    public Pool Pool { get; init; } = Pool.General;

    /// <summary>True where no bearer is asked for: the OAuth endpoints.</summary>
    public bool IsOpen { get; init; }

    public PathTemplate Template { get; } = new(Path);
}

/// <summary>Finds the endpoint of a request: fixed segments win over variable ones.</summary>
internal sealed class Router(IEnumerable<Route> routes)
{
    private readonly ILookup<(string Family, int Length), Route> _routes = routes
        .OrderBy(r => r.Path.Count(c => c == '{'))
        .ToLookup(r => (PathTemplate.Segments(r.Path)[0], PathTemplate.Segments(r.Path).Length));

    public (Route Route, IReadOnlyList<string> Parts) Find(string method, string[] path)
    {
        bool isKnown = false;
        foreach (Route route in path.Length == 0 ? [] : _routes[(path[0], path.Length)])
        {
            if (route.Template.Match(path) is not { } parts) continue;
            if (route.Method == method) return (route, parts);
            isKnown = true;
        }
        throw isKnown ? Refuse.WrongMethod(method) : Refuse.UnknownPath("/" + string.Join('/', path));
    }
}
