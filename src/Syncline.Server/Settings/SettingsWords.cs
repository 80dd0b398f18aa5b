namespace Syncline.Server.Settings;

/// <summary>The words of the settings; the key is the English text.</summary>
internal sealed class SettingsWords;
