namespace Syncline.Sandbox.HeyReach;

internal static class Chance
{
    /// <summary>True in that share of calls. A share of 0 draws nothing, so that switching an oddity off leaves the rest comparable.</summary>
    public static bool Hits(this Random random, double share) => share > 0 && random.NextDouble() < share;

    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
