using Syncline.Connectors.HubSpot;

namespace Syncline.Connectors.Tests.HubSpot;

public sealed class RememberingKeys
{
    private const int Seen = 300_000;

    private readonly KeySieve _sieve = new();

    public RememberingKeys()
    {
        for (int i = 0; i < Seen; i++) _sieve.Add($"email=person{i}@example.com");
    }

    [Fact]
    public void Whatever_was_seen_is_known() => Assert.All(Enumerable.Range(0, Seen).Where(i => i % 7 == 0), i => Assert.True(_sieve.MayHold($"email=person{i}@example.com")));

    [Fact]
    public void Of_what_was_not_hardly_anything_looks_known() => Assert.InRange(Enumerable.Range(Seen, Seen).Count(i => _sieve.MayHold($"email=person{i}@example.com")), 0, 30);
}
