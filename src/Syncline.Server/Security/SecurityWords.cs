namespace Syncline.Server.Security;

/// <summary>The words of signing in; the key is the English text.</summary>
internal sealed class SecurityWords;
