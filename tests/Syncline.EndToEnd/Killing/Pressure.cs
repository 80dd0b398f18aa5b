using Syncline.EndToEnd.Processes;

namespace Syncline.EndToEnd.Killing;

/// <summary>What a provider's limit is about.</summary>
internal static class Pressure
{
    /// <summary>The most requests in any second, wherever it begins; two that are exactly a second apart share none.</summary>
    public static int BusiestSecond(IReadOnlyList<Seen> requests)
    {
        (int most, int first) = (0, 0);
        for (int last = 0; last < requests.Count; last++)
        {
            while (requests[last].At - requests[first].At >= TimeSpan.FromSeconds(1)) first++;
            most = Math.Max(most, last - first + 1);
        }
        return most;
    }
}
