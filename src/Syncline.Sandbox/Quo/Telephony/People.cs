namespace Syncline.Sandbox.Quo.Telephony;

/// <summary>A person of the workspace.</summary>
/// <param name="Role">owner, admin or member.</param>
internal sealed record QuoUser(string Id, string Email, string FirstName, string LastName, string Role, DateTimeOffset CreatedAt);

/// <summary>A phone number of the workspace.</summary>
/// <param name="Number">E.164.</param>
internal sealed record QuoNumber(string Id, string GroupId, string Number, string Name, IReadOnlyList<QuoUser> Users, DateTimeOffset CreatedAt)
{
    /// <summary>As North Americans write it: <c>(555) 010-0100</c>.</summary>
    public string Formatted => Number.Length == 12 ? $"({Number[2..5]}) {Number[5..8]}-{Number[8..]}" : Number;
}
