namespace Syncline.Sandbox.Lemlist.Office;

/// <summary>A person of the team with one mailbox.</summary>
internal sealed record LemlistUser(string Id, string Name, string Email, string Role, string MailboxId);
