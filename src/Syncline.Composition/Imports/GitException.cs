namespace Syncline.Composition.Imports;

/// <summary>Git is not there, or refused. Nothing was committed.</summary>
internal sealed class GitException(string message, string hint) : Exception(message)
{
    /// <summary>What the user does about it.</summary>
    public string Hint { get; } = hint;
}
