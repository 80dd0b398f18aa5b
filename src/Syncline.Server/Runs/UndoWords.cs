namespace Syncline.Server.Runs;

/// <summary>The words around taking a run back; the key is the English text.</summary>
internal sealed class UndoWords;
