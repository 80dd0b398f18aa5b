namespace Syncline.Server.Figures;

/// <summary>The words of the overview's charts; the key is the English text.</summary>
internal sealed class FiguresWords;
