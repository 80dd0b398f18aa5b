using Syncline.Sandbox.Lemlist.Campaigns;
using Syncline.Sandbox.Lemlist.Contacts;
using Syncline.Sandbox.Lemlist.Office;

namespace Syncline.Sandbox.Lemlist.Leads;

/// <summary>Brings people into campaigns: a lead, and the contact it belongs to.</summary>
internal sealed class LeadIntake(LemlistTeam team)
{
    /// <summary>The contact is found by the address, then by the LinkedIn URL, else made.</summary>
    public Lead Add(Campaign campaign, IReadOnlyDictionary<string, string> variables, string source, string? owner = null)
    {
        Contact contact = ContactOf(variables, owner ?? campaign.Owner.Id, campaign.Owner.Id);
        Lead lead = new(team.Ids.Next("lea"), campaign, contact, source, team.Now) { ContactOwner = owner };
        foreach ((string name, string value) in variables) lead.Variables[name] = value;
        if (lead.Email is { } email && team.Unsubscribes.Covers(email)) lead.IsInGraveyard = true;
        team.Leads.Add(lead);
        return lead;
    }

    /// <summary>Takes what a lead is told over to its contact; nothing empty clears a field.</summary>
    public void Tell(Contact contact, IEnumerable<KeyValuePair<string, string>> values) => team.Contacts.Change(contact, () =>
    {
        foreach ((string name, string value) in values)
        {
            if (value.Length == 0) continue;
            if (name == "email") contact.Email = value;
            else contact.Fields[name] = value;
        }
    });

    private Contact ContactOf(IReadOnlyDictionary<string, string> variables, string owner, string maker)
    {
        string? email = variables.GetValueOrDefault("email");
        if ((team.Contacts.ByEmail(email) ?? team.Contacts.ByLinkedIn(variables.GetValueOrDefault("linkedinUrl"))) is { } known)
        {
            // A second campaign adds what the first did not know, and no other address.
            Tell(known, variables.Where(v => v.Key == "email" ? known.Email is null : !known.Fields.ContainsKey(v.Key)));
            return known;
        }
        Contact made = new(team.Ids.Next("ctc"), owner, maker, team.Now);
        team.Contacts.Add(made);
        Tell(made, variables);
        return made;
    }
}
