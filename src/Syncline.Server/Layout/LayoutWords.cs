namespace Syncline.Server.Layout;

/// <summary>The words around every page, and those that many pages share; the key is the English text.</summary>
internal sealed class LayoutWords;
