namespace Syncline.Composition.Telling;

/// <summary>What a command tells the shell.</summary>
internal enum ExitCode
{
    Done = 0,
    Failed = 1,

    /// <summary>The command line or the configuration cannot be used; nothing was begun.</summary>
    Usage = 2,

    /// <summary>Finished; some records are dead letters.</summary>
    DoneWithDeadLetters = 3,
}
