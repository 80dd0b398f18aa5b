namespace Syncline.Server.Runs;

/// <summary>The words of runs and plans; the key is the English text.</summary>
internal sealed class RunsWords;
