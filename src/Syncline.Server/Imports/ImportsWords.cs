namespace Syncline.Server.Imports;

/// <summary>The words of imported records and experiments; the key is the English text.</summary>
internal sealed class ImportsWords;
