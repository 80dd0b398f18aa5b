namespace Syncline.Sandbox.Attio.Wire;

/// <summary>One entry of an answer's <c>validation_errors</c>.</summary>
internal sealed record ValidationFault(string Code, IReadOnlyList<string> Path, string Message, string? Expected = null, string? Received = null);

/// <summary>A request that Attio would not carry out. Thrown before anything is stored, so that a refusal never leaves half an effect.</summary>
internal sealed class AttioRefusalException(int status, string type, string code, string message) : InvalidOperationException(message)
{
    public int Status { get; } = status;
    public string Type { get; } = type;
    public string Code { get; } = code;
    public IReadOnlyList<ValidationFault> Faults { get; init; } = [];

    /// <summary>The way into the filter, only on filter errors.</summary>
    public IReadOnlyList<string>? FilterPath { get; init; }
}
