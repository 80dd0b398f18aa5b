namespace Syncline.Server.Overview;

/// <summary>The words of the overview; the key is the English text.</summary>
internal sealed class OverviewWords;
