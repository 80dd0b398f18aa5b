namespace Syncline.Sandbox.Hosting.Control;

/// <summary>The part of the control API that is about one simulated provider.</summary>
internal sealed class SimulatorControl(SandboxGate gate)
{
    public ControlAnswer Holds(ControlRequest request)
    {
        int rows = (int)request.Number("rows", otherwise: 50, least: 0, most: 10_000);
        return With(request, simulator =>
        {
            HeldTable[] tables = [.. gate.Locked(() => simulator.Holds(rows))];
            return ControlAnswer.Of(tables, Readable.Json.HeldTableArray);
        });
    }

    /// <summary>Answers the knob as it stands afterwards, which may be rounded or clamped.</summary>
    public ControlAnswer TurnKnob(ControlRequest request) => With(request, simulator =>
    {
        Knob? knob = simulator.Knobs.FirstOrDefault(k => k.Name == request.Segments[2]);
        return knob is null
            ? NotFound("knob", request, simulator.Knobs.Select(k => k.Name))
            : ControlAnswer.Of(gate.Locked(() => Turn(knob, request.Body.Trim())), Readable.Json.KnobView);
    });

    public ControlAnswer LetHappen(ControlRequest request) => With(request, simulator =>
    {
        Happening? happening = simulator.Happenings.FirstOrDefault(h => h.Name == request.Segments[2]);
        if (happening is null) return NotFound("happening", request, simulator.Happenings.Select(h => h.Name));
        string? argument = request.Body.Length > 0 ? request.Body : null;
        return gate.Locked(() =>
        {
            happening.Happen(argument);
            return ControlAnswer.Done;
        });
    });

    private static KnobView Turn(Knob knob, string value)
    {
        knob.Set(value);
        return KnobView.Of(knob);
    }

    private ControlAnswer With(ControlRequest request, Func<ISimulator, ControlAnswer> answer)
    {
        ISimulator? simulator = gate.Simulators.FirstOrDefault(s => s.Provider == request.Segments[0]);
        return simulator is null
            ? ControlAnswer.Refuse(404, $"No provider named '{request.Segments[0]}' is simulated here. There are: {Names(gate.Simulators.Select(s => s.Provider))}.")
            : answer(simulator);
    }

    private static ControlAnswer NotFound(string kind, ControlRequest request, IEnumerable<string> known) =>
        ControlAnswer.Refuse(404, $"{request.Segments[0]} has no {kind} '{request.Segments[2]}'. It has: {Names(known)}.");

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } text ? text : "none";
}
