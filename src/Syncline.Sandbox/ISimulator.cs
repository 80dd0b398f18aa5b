namespace Syncline.Sandbox;

/// <summary>One provider's API with its own state: a request in, an answer out, nothing awaited.</summary>
/// <remarks>
/// A simulator is called from one thread at a time (<see cref="SandboxGate"/> sees to it). Time comes from the <see cref="TimeProvider"/> and chance from the seed
/// it was built with, so that the same requests at the same times give the same answers.
/// </remarks>
public interface ISimulator
{
    /// <summary>The provider's name in lower case, <c>attio</c>: also the first path segment under which the sandbox serves it.</summary>
    string Provider { get; }

    /// <summary>What can be turned at run time: what the contract leaves open, limits, lags.</summary>
    IReadOnlyList<Knob> Knobs { get; }

    /// <summary>Things that happen at the provider without a request: a reply arrives, a person edits a record.</summary>
    IReadOnlyList<Happening> Happenings { get; }

    /// <summary>Answers one request and applies its effect.</summary>
    SandboxResponse Handle(SandboxRequest request);

    /// <summary>What the provider holds now, for people and for tests that only look.</summary>
    /// <param name="rows">How many rows of each table at the most.</param>
    IReadOnlyList<HeldTable> Holds(int rows);
}

/// <summary>A switch or figure of a simulator, read and written as text: <c>true</c>, <c>25</c>, <c>00:00:02</c>.</summary>
public sealed record Knob(string Name, string Description, Func<string> Get, Action<string> Set);

/// <summary>An event at the provider's side. The argument is free text whose form the description gives; null where none is needed.</summary>
public sealed record Happening(string Name, string Description, Action<string?> Happen);

/// <summary>A table of what a simulated system holds.</summary>
/// <param name="Count">All rows, of which <paramref name="Rows"/> are the newest.</param>
public sealed record HeldTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, long Count);
