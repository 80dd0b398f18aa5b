using System.Text.Json.Nodes;
using Syncline.Sandbox.Json;
using Syncline.Sandbox.Lemlist.Leads;
using Syncline.Sandbox.Lemlist.Office;
using Syncline.Sandbox.Lemlist.Wire;

namespace Syncline.Sandbox.Lemlist.Contacts;

/// <summary>Lists of contacts.</summary>
internal sealed class ListEndpoints(LemlistTeam team)
{
    public IEnumerable<LemlistRoute> Routes() =>
    [
        new("GET", "/contacts/lists", List),
        new("POST", "/contacts/lists", Add),
        new("POST", "/contacts/lists/{id}/entities", Fill),
        new("GET", "/contacts/export", Export),
    ];

    private SandboxResponse List(LemlistCall call) => LemlistAnswers.Rows(team.Lists
        .Where(l => call.One("search") is not { } words || l.Name.Contains(words, StringComparison.OrdinalIgnoreCase))
        .Select(l => (JsonNode)new JsonObject { ["_id"] = l.Id, ["name"] = l.Name, ["dynamic"] = false }));

    private SandboxResponse Add(LemlistCall call)
    {
        const int longest = 200;
        if (call.Body()["name"].Str()?.Trim() is not { Length: > 0 and <= longest } name) throw Refuse.Text(400, "name is required and must be a non-empty string");
        ContactList list = new(team.Ids.Next("clt"), name);
        team.Lists.Add(list);
        return LemlistAnswers.Json(new JsonObject { ["message"] = "Contact list created successfully", ["list"] = new JsonObject { ["id"] = list.Id, ["name"] = list.Name } }, 201);
    }

    private SandboxResponse Fill(LemlistCall call)
    {
        ContactList list = Of(call[0]);
        if (call.Body()["contactIds"] is not JsonArray { Count: > 0 } ids) throw Refuse.Text(400, "contactIds is required and must be a non-empty array");
        Contact[] named = [.. ids.Select(i => i.Str() is { } id ? team.Contacts.Find(id) : null).OfType<Contact>().Distinct()];
        Contact[] members = [.. named.Where(list.Members.Contains)];
        if (call.One("action") == "remove")
        {
            foreach (Contact contact in members) list.Members.Remove(contact);
            return LemlistAnswers.Json(new JsonObject { ["message"] = "Contacts removed from list successfully", ["removedCount"] = members.Length });
        }
        list.Members.AddRange(named.Except(members));
        return LemlistAnswers.Json(new JsonObject { ["message"] = "Contacts added to list successfully", ["addedCount"] = named.Length - members.Length, ["alreadyInList"] = members.Length });
    }

    private SandboxResponse Export(LemlistCall call)
    {
        ContactList list = Of(call.One("listId") ?? throw Refuse.Bad("listId is required"));
        return LemlistAnswers.Csv(Csvs.Sheet("firstName,lastName,email,companyName,jobTitle,status", list.Members.Select(c => new[]
        {
            Field(c, "firstName"), Field(c, "lastName"), c.Email ?? "", Field(c, "companyName"), Field(c, "jobTitle"), c.Leads.Count > 0 ? c.Leads[^1].GlobalState : "",
        })));
    }

    private static string Field(Contact contact, string name) => contact.Fields.GetValueOrDefault(name, "");

    private ContactList Of(string id) => team.Lists.Find(l => l.Id == id) ?? throw Refuse.NotFound("Contact list");
}
