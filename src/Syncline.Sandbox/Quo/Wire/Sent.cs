namespace Syncline.Sandbox.Quo.Wire;

/// <summary>A member of a body that may be absent, which is not the same as null.</summary>
internal readonly record struct Sent<T>(T Value, bool IsThere)
{
    public T Or(T otherwise) => IsThere ? Value : otherwise;
}
