using Syncline.Storage.Serving;

namespace Syncline.Server.Security;

/// <summary>A user while he is signed in or changed; the framework sets one value after the other and saves them together.</summary>
internal sealed class Account(UserRow row)
{
    public UserRow Row { get; set; } = row;

    public long Id => Row.Id;

    public string Name => Row.Name;

    public string Role => Row.Role;
}
