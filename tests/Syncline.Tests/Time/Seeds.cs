namespace Syncline.Tests.Time;

/// <summary>A property held against many random worlds; a failure names the seed that shows it again.</summary>
internal static class Seeds
{
    public static void Each(int count, Action<Random> property)
    {
        for (int seed = 0; seed < count; seed++)
        {
            try
            {
                property(new(seed));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Seed {seed}: {failure.Message}", failure);
            }
        }
    }
}
