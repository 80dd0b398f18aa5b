namespace Syncline.Server.Connections;

/// <summary>The words of connections; the key is the English text.</summary>
internal sealed class ConnectionsWords;
