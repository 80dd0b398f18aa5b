namespace Syncline.Server.Browse;

/// <summary>The words of looking through a CRM; the key is the English text.</summary>
internal sealed class BrowseWords;
