namespace Syncline.Sandbox.Attio.Wire;

internal static class WireId
{
    /// <summary>A UUID in any case; the empty one, which nothing has, for any other text.</summary>
    public static Guid Read(string text) => Guid.TryParse(text, out Guid id) ? id : Guid.Empty;
}
