namespace Syncline.Sandbox.Lemlist.Leads;

/// <summary>The leads of all campaigns.</summary>
internal sealed class LeadBook
{
    private readonly Dictionary<string, Lead> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Lead>> _byEmail = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<Lead> All => _byId.Values;

    public Lead? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>One a campaign, oldest first.</summary>
    public IReadOnlyList<Lead> ByEmail(string email) => _byEmail.GetValueOrDefault(email) ?? [];

    public void Add(Lead lead)
    {
        _byId.Add(lead.Id, lead);
        lead.Campaign.Leads.Add(lead);
        lead.Contact.Leads.Add(lead);
        Index(lead);
    }

    public void Remove(Lead lead)
    {
        _byId.Remove(lead.Id);
        lead.Campaign.Leads.Remove(lead);
        lead.Contact.Leads.Remove(lead);
        Forget(lead);
    }

    /// <summary>Changes a variable, the e-mail address perhaps.</summary>
    public void Set(Lead lead, string name, string value)
    {
        if (name == "email") Forget(lead);
        lead.Variables[name] = value;
        if (name == "email") Index(lead);
    }

    private void Index(Lead lead)
    {
        if (lead.Email is not { Length: > 0 } email) return;
        if (!_byEmail.TryGetValue(email, out List<Lead>? leads)) _byEmail[email] = leads = [];
        leads.Add(lead);
    }

    private void Forget(Lead lead)
    {
        if (lead.Email is { } email && _byEmail.TryGetValue(email, out List<Lead>? leads) && leads.Remove(lead) && leads.Count == 0) _byEmail.Remove(email);
    }
}
