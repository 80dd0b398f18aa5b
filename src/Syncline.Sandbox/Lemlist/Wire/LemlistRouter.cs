namespace Syncline.Sandbox.Lemlist.Wire;

/// <summary>An endpoint: how it is called and what it does.</summary>
/// <param name="Template">After the base. Segments in braces are variable, and a slash at the end is part of it.</param>
internal sealed record LemlistRoute(string Method, string Template, Func<LemlistCall, SandboxResponse> Handle)
{
    private readonly string[] _segments = Template.Split('/');

    /// <summary>The path's variable parts, decoded, or null when it is another endpoint's.</summary>
    public IReadOnlyList<string>? Match(string[] path)
    {
        if (path.Length != _segments.Length) return null;
        List<string> parts = [];
        for (int i = 0; i < path.Length; i++)
        {
            bool isVariable = _segments[i].StartsWith('{');
            if (isVariable ? path[i].Length == 0 : _segments[i] != path[i]) return null;
            if (isVariable) parts.Add(Uri.UnescapeDataString(path[i]));
        }
        return parts;
    }
}

/// <summary>Finds the endpoint of a request: the first that fits, so that fixed paths stand before variable ones.</summary>
internal sealed class LemlistRouter(IReadOnlyList<LemlistRoute> routes)
{
    public const string Base = "/api";

    public (LemlistRoute Route, IReadOnlyList<string> Parts) Find(SandboxRequest request)
    {
        if (!request.Path.StartsWith(Base + "/", StringComparison.Ordinal)) throw Refuse.Text(404, "Not found");
        string[] path = request.Path[Base.Length..].Split('/');
        bool isKnown = false;
        foreach (LemlistRoute route in routes)
        {
            if (route.Match(path) is not { } parts) continue;
            if (route.Method == request.Method) return (route, parts);
            isKnown = true;
        }
        throw isKnown ? WrongMethod(path) : Refuse.Text(404, "Not found");
    }

    private static LemlistRefusalException WrongMethod(string[] path) => path switch
    {
        [_, "v2", ..] => Refuse.Text(405, "Bad method"),
        [_, "fields"] => Refuse.Fields(405, "Method not allowed. Use GET."),
        _ => Refuse.Text(405, "Method not allowed"),
    };
}
