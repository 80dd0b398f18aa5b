namespace Syncline.Sandbox.Hosting.Control;

/// <summary>The sandbox's own API: turn knobs, let things happen, look at what the providers saw.</summary>
internal sealed class ControlApi
{
    private readonly Route[] _routes;

    public ControlApi(SandboxGate gate)
    {
        SimulatorControl simulators = new(gate);
        GateControl whole = new(gate);
        LedgerControl ledger = new(gate);
        _routes =
        [
            new("GET", "", _ => whole.Overview()),
            new("GET", "summary", _ => ledger.Summary()),
            new("GET", "ledger", ledger.List),
            new("DELETE", "ledger", _ => ledger.Clear()),
            new("GET", "faults", _ => whole.Faults()),
            new("PUT", "faults", whole.SetFaults),
            new("DELETE", "faults", _ => whole.ClearFaults()),
            new("PUT", "latency", whole.SetLatency),
            new("GET", "*/holds", simulators.Holds),
            new("PUT", "*/knobs/*", simulators.TurnKnob),
            new("POST", "*/happenings/*", simulators.LetHappen),
        ];
    }

    public ControlAnswer Answer(ControlRequest request)
    {
        Route[] here = [.. _routes.Where(r => r.Leads(request.Segments))];
        if (here.Length == 0) return ControlAnswer.Refuse(404, "The control API has no such path. GET /_sandbox shows what there is.");
        string allow = Methods(here);
        if (request.Method == "OPTIONS") return ControlAnswer.Done with { Allow = allow };
        Route? route = here.FirstOrDefault(r => r.Takes(request.Method));
        return route is null ? ControlAnswer.Refuse(405, $"{request.Method} is not understood here, only {allow}.") with { Allow = allow } : Carry(route, request);
    }

    private static ControlAnswer Carry(Route route, ControlRequest request)
    {
        try
        {
            return route.Answer(request);
        }
        catch (Exception refusal) when (IsTheCallersFault(refusal))
        {
            return ControlAnswer.Refuse(400, refusal.Message);
        }
    }

    // What knobs, happenings and parsers throw at text they cannot use.
    private static bool IsTheCallersFault(Exception thrown) =>
        thrown is FormatException or ArgumentException or OverflowException or InvalidOperationException or KeyNotFoundException or System.Text.Json.JsonException;

    private static string Methods(Route[] routes) =>
        string.Join(", ", routes.Select(r => r.Method).SelectMany(m => m == "GET" ? [m, "HEAD"] : new[] { m }).Append("OPTIONS"));
}

/// <summary>One line of the API's table.</summary>
/// <param name="Pattern">Segments parted by slashes; a star is any one segment.</param>
internal sealed record Route(string Method, string Pattern, Func<ControlRequest, ControlAnswer> Answer)
{
    private readonly string[] _pattern = Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    public bool Takes(string method) => method == Method || (method == "HEAD" && Method == "GET");

    public bool Leads(string[] segments) => segments.Length == _pattern.Length && _pattern.Zip(segments).All(pair => pair.First == "*" || pair.First == pair.Second);
}
