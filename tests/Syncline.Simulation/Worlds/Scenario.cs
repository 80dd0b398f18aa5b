namespace Syncline.Simulation.Worlds;

/// <summary>What one seed sets up: drawn once, printed when it fails.</summary>
/// <param name="People">HeyReach leads at the start.</param>
/// <param name="PageSize">Conversations a page: small, so that few people make many pages.</param>
/// <param name="FaultShare">Share of the requests a network fault strikes.</param>
/// <param name="QueryLag">How long Attio's queries miss what was just written.</param>
/// <param name="Crashes">Process ends per cycle at the most.</param>
internal sealed record Scenario(int Seed)
{
    public int People { get; init; }
    public int PageSize { get; init; }
    public double FaultShare { get; init; }
    public TimeSpan QueryLag { get; init; }
    public TimeSpan Latency { get; init; }
    public int Crashes { get; init; }
    public int Cycles { get; init; }
    public bool TwoReferences { get; init; }
    public bool Lively { get; init; }
    public bool WithNotes { get; init; }
    /// <summary>Writes a second that Attio allows in truth, below what it publishes; null as published.</summary>
    public int? LowerLimit { get; init; }
    public bool V3Missing { get; init; }

    public static Scenario Draw(int seed)
    {
        Random random = new(seed);
        return new(seed)
        {
            People = random.Next(1, 7),
            PageSize = random.Next(1, 5),
            FaultShare = random.Next(3) switch { 0 => 0, 1 => 0.05, _ => 0.15 },
            QueryLag = random.Next(4) == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero,
            Latency = TimeSpan.FromMilliseconds(random.Next(5, 600)),
            Crashes = random.Next(4),
            Cycles = random.Next(1, 4),
            TwoReferences = random.Next(4) == 0,
            Lively = random.Next(2) == 0,
            WithNotes = random.Next(3) == 0,
            LowerLimit = random.Next(5) == 0 ? 8 : null,
            V3Missing = random.Next(5) == 0,
        };
    }
}
