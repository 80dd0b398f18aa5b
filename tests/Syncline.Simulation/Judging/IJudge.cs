namespace Syncline.Simulation.Judging;

/// <summary>Something a promise forbids, seen at the provider.</summary>
internal sealed class BrokenPromiseException(string promise, string what) : Exception($"{promise}: {what}");

/// <summary>Judges a world from the providers' side.</summary>
internal interface IJudge
{
    /// <summary>When all is quiet.</summary>
    /// <param name="hasReadAll">False after incremental runs alone: some changes are seen by a full run only.</param>
    void Decide(bool hasReadAll);

    /// <summary>Looks at a world before a run that begins its readings anew.</summary>
    /// <returns>What to look at when that run has ended well; null for nothing.</returns>
    Action? BeforeRun() => null;
}
