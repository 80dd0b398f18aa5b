namespace Syncline.Sandbox.Attio.Wire;

/// <summary>Who wrote a value: <c>workspace-member</c>, <c>api-token</c>, <c>app</c> or <c>system</c> (without an id).</summary>
internal sealed record AttioActor(string Type, Guid? Id)
{
    public static AttioActor System { get; } = new("system", null);
}
