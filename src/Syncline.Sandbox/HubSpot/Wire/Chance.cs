namespace Syncline.Sandbox.HubSpot.Wire;

/// <summary>Coin tosses and ids from the seed alone.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    public int Below(int bound) => _random.Next(bound);

    public double Share() => _random.NextDouble();

    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new(bytes);
    }

    public void Shuffle<T>(T[] items) => _random.Shuffle(items);

    public void Shuffle<T>(List<T> items) => _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items));
}
