namespace Syncline.Server.Failures;

/// <summary>The words of the pages about records that were set aside; the key is the English text.</summary>
internal sealed class FailuresWords;
