using System.Globalization;

namespace Syncline.Sandbox.HubSpot;

/// <summary>The happenings by name, as the control API offers them.</summary>
public sealed partial class HubSpotSimulator
{
    private const string LastMayHaveSpaces = "The last word may have spaces in it.";

    private IReadOnlyList<Happening> DescribeHappenings() =>
    [
        new("add-contact", $"Somebody adds a contact: EMAIL NAME. {LastMayHaveSpaces}", a => Words(a, 2, w => App.Create("contacts", new Dictionary<string, string> { ["email"] = w[0], ["firstname"] = w[1] }))),
        new("add-company", $"Somebody adds a company: DOMAIN NAME. {LastMayHaveSpaces}", a => Words(a, 2, w => App.Create("companies", new Dictionary<string, string> { ["domain"] = w[0], ["name"] = w[1] }))),
        new("edit", $"Somebody edits a record: TYPE ID PROPERTY VALUE. {LastMayHaveSpaces}", a => Words(a, 4, w => App.Edit(w[0], w[1], w[2], w[3]))),
        new("clear", "Somebody empties a property: TYPE ID PROPERTY.", a => Words(a, 3, w => App.Edit(w[0], w[1], w[2], ""))),
        new("add-email", "Somebody gives a contact one more address: ID EMAIL.", a => Words(a, 2, w => App.AddEmail(w[0], w[1]))),
        new("archive", "Somebody archives a record: TYPE ID.", a => Words(a, 2, w => App.Archive(w[0], w[1]))),
        new("restore", "Somebody takes a record out of the recycle bin: TYPE ID.", a => Words(a, 2, w => App.Restore(w[0], w[1]))),
        new("merge", "Somebody merges two records: TYPE PRIMARY OTHER.", a => Words(a, 3, w => App.Merge(w[0], w[1], w[2]))),
        new("erase", "Somebody deletes a contact for good: ID.", a => Words(a, 1, w => App.Erase(w[0]))),
        new("associate", "Somebody associates two records: TYPE ID TYPE ID.", a => Words(a, 4, w => App.Associate(w[0], w[1], w[2], w[3]))),
        new("dissociate", "Somebody ends an association: TYPE ID TYPE ID.", a => Words(a, 4, w => App.Dissociate(w[0], w[1], w[2], w[3]))),
        new("require-on-create", "An administrator makes the create form require a property: TYPE PROPERTY.", a => Words(a, 2, w => App.RequireOnCreate(w[0], w[1]))),
        new("require-when", "An administrator requires a property by another's value: TYPE CONTROLLING VALUE PROPERTY.", a => Words(a, 4, w => App.RequireWhen(w[0], w[1], w[2], w[3]))),
        new("lock", "Heavy upserts lock a record for two seconds: TYPE ID.", a => Words(a, 2, w => App.Lock(w[0], w[1]))),
        new("fail", "The next requests fail: STATUS COUNT, 423, 429, 477, 502, 504 or another.", a => Words(a, 2, w => Trouble.FailNext(Number(w[0]), Number(w[1])))),
        new("lose", "The next writes are done and answered with a failure: STATUS COUNT.", a => Words(a, 2, w => Trouble.FailNext(Number(w[0]), Number(w[1]), takesEffect: true))),
        new("hook-target", "The app's hooks go to an address: URL.", a => Words(a, 1, w => Webhooks.Target = new(w[0]))),
        new("hook", "The app is told of events: contact.creation, contact.deletion, company.merge, …", a => Words(a, 1, w => Webhooks.Subscribe(w[0]))),
        new("hook-property", "The app is told of a property's changes: contact.propertyChange PROPERTY.", a => Words(a, 2, w => Webhooks.Subscribe(w[0], w[1]))),
        new("add-token", "A token is made: TOKEN SCOPES, an asterisk for all.", a => Words(a, 2, w => AddToken(w[0], w[1]))),
        new("revoke-token", "A token stops working: TOKEN.", a => Words(a, 1, w => RevokeToken(w[0]))),
        new("uninstall", "Somebody uninstalls the OAuth app.", _ => Uninstall()),
    ];

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static void Words(string? argument, int count, Action<string[]> use)
    {
        string[] words = (argument ?? "").Split(' ', count, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length != count) throw new ArgumentException($"Expected {count} words.", nameof(argument));
        use(words);
    }
}
