namespace Syncline.Cli.Demo;

/// <summary>How the demo goes.</summary>
/// <param name="People">Leads in the invented inbox.</param>
/// <param name="IsFast">No limits, at neither side.</param>
/// <param name="Folder">Where the hub lives.</param>
internal sealed record DemoOptions(int People, int Seed, bool IsFast, string Folder)
{
    /// <summary>About three messages each, some 850 writes: 35 seconds at Attio's 25 a second.</summary>
    public const int UsualPeople = 210;

    public const int MostPeople = 20_000;
}
