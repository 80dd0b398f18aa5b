namespace Syncline.Server.Figures;

/// <summary>One sync's chart.</summary>
/// <param name="Pace">Null while no run of it is under way.</param>
internal sealed record ShownSync(SyncThroughput Throughput, RunPace? Pace, bool IsByDay);
