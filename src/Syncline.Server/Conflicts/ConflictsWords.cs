namespace Syncline.Server.Conflicts;

/// <summary>The words of the page of conflicts; the key is the English text.</summary>
internal sealed class ConflictsWords;
