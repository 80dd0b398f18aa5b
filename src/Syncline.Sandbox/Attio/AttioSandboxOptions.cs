namespace Syncline.Sandbox.Attio;

/// <summary>What an Attio workspace of the sandbox starts with.</summary>
public sealed class AttioSandboxOptions
{
    /// <summary>All ids and coin tosses come from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>False lets tests and benchmarks run without 429s; the knobs change it later.</summary>
    public bool LimitsOn { get; init; } = true;

    /// <summary>Access tokens (64 characters each) with their scopes, separated by spaces: <c>record_permission:read-write note:read</c>.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; init; } = new Dictionary<string, string>();

    public string WorkspaceName { get; init; } = "Sandbox";
    public string WorkspaceSlug { get; init; } = "sandbox";
}
