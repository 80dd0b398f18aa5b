namespace Syncline.Server.Contacts;

/// <summary>The words of the pages about records; the key is the English text.</summary>
internal sealed class ContactsWords;
