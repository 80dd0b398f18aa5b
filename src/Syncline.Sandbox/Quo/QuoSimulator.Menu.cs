using System.Text.Json.Nodes;

namespace Syncline.Sandbox.Quo;

/// <summary>The happenings by name, as the control API offers them.</summary>
public sealed partial class QuoSimulator
{
    private const string LastMayHaveSpaces = "The last word may have spaces in it.";

    private IReadOnlyList<Happening> DescribeHappenings() =>
    [
        new("define-field", $"Somebody makes a custom field: TYPE NAME. {LastMayHaveSpaces}", a => Words(a, 2, w => App.DefineCustomField(w[1], w[0]))),
        new("rename-field", $"Somebody renames a custom field: KEY NAME. {LastMayHaveSpaces}", a => Words(a, 2, w => App.RenameCustomField(w[0], w[1]))),
        new("remove-field", "Somebody removes a custom field and its values: KEY.", a => Words(a, 1, w => App.RemoveCustomField(w[0]))),
        new("add-contact", $"Somebody adds a contact: PHONE NAME. {LastMayHaveSpaces}", a => Words(a, 2, w => App.AddContact(w[1], phone: w[0]))),
        new("add-openphone-contact", $"The app itself adds a contact, with the source openphone: PHONE NAME. {LastMayHaveSpaces}", a => Words(a, 2, w => App.AddContact(w[1], phone: w[0], source: "openphone"))),
        new("add-owned-contact", $"A native CRM integration adds a read-only contact: SOURCE PHONE NAME. {LastMayHaveSpaces}", a => Words(a, 3, w => App.AddOwnedContact(w[0], w[2], phone: w[1]))),
        new("edit", $"Somebody edits a contact: ID firstName|lastName|company|role TEXT. {LastMayHaveSpaces}", a => Words(a, 3, w => App.Edit(w[0], w[1], w[2]))),
        new("add-phone", "Somebody adds a phone number: ID PHONE.", a => Words(a, 2, w => App.AddPhone(w[0], w[1]))),
        new("add-email", "Somebody adds an e-mail address: ID EMAIL.", a => Words(a, 2, w => App.AddEmail(w[0], w[1]))),
        new("remove-item", "Somebody removes a phone number, e-mail address or other value: ID VALUE.", a => Words(a, 2, w => App.RemoveItem(w[0], w[1]))),
        new("set-field", "Somebody sets a custom field: ID KEY JSON.", a => Words(a, 3, w => App.SetCustomField(w[0], w[1], JsonNode.Parse(w[2])!))),
        new("share", "Somebody shares a contact: ID WITH.", a => Words(a, 2, w => App.Share(w[0], w[1]))),
        new("delete", "Somebody deletes a contact: ID.", a => Words(a, 1, w => App.Delete(w[0]))),
        new("conversation", "A conversation with a number begins, which makes its contacts visible in the app: PHONE.", a => Words(a, 1, w => App.StartConversation(w[0]))),
        new("add-key", "A key is made, active after the delay: KEY.", a => Words(a, 1, w => AddKey(w[0]))),
        new("revoke-key", "A key stops working: KEY.", a => Words(a, 1, w => RevokeKey(w[0]))),
    ];

    private static void Words(string? argument, int count, Action<string[]> use)
    {
        string[] words = (argument ?? "").Split(' ', count, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length != count) throw new ArgumentException($"Expected {count} words.", nameof(argument));
        use(words);
    }
}
