namespace Syncline.Server.Hosting;

/// <summary>Marks an endpoint whose request or answer holds a password, a key or a token: nothing of either is kept.</summary>
internal sealed class SecretBody
{
    private SecretBody()
    {
    }

    public static SecretBody Marker { get; } = new();
}
