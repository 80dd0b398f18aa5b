namespace Syncline.Server.Mappings;

/// <summary>The words of these pages.</summary>
internal sealed class MappingsWords;
