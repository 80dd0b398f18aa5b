namespace Syncline.Server.Leads;

/// <summary>The words of the lead pages; the key is the English text.</summary>
internal sealed class LeadsWords;
