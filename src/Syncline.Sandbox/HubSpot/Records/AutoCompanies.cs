using Syncline.Sandbox.HubSpot.Schema;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>The portal's setting "create and associate companies with contacts": some seconds after a contact with a business address comes its domain's company.</summary>
internal sealed class AutoCompanies(HubSpotPortal portal)
{
    private static readonly string[] FreeMail = ["gmail.com", "googlemail.com", "yahoo.com", "outlook.com", "hotmail.com", "icloud.com", "gmx.de", "proton.me"];

    private readonly Queue<(long DueMs, CrmRecord Contact)> _due = new();

    public void Consider(CrmTable table, CrmRecord record, Draft draft)
    {
        if (!portal.Behaviour.AutoCompany || table.Email is not { } email || string.IsNullOrEmpty(draft[email])) return;
        _due.Enqueue((portal.NowMs + (long)portal.Behaviour.AutoCompanyDelay.TotalMilliseconds, record));
    }

    public void ApplyDue(long now)
    {
        while (_due.TryPeek(out (long DueMs, CrmRecord Contact) next) && next.DueMs <= now)
        {
            _due.Dequeue();
            if (next.Contact.IsLive) Associate(next.Contact);
        }
    }

    private void Associate(CrmRecord contact)
    {
        ObjectType companyType = portal.Types.Companies;
        if (contact[portal.Contacts.Email!] is not { } address || contact.Links.OfType(companyType.Number).Length > 0) return;
        string domain = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        if (FreeMail.Contains(domain)) return;
        CrmTable companies = portal.Table(companyType);
        Property domainOf = companies.Catalogue.Get("domain");
        CrmRecord company = companies.All.FirstOrDefault(c => c.IsLive && c[domainOf] == domain)
            ?? portal.Writer.Create(companies, new([new(domainOf, domain), new(companies.Catalogue.Get("name"), domain)]), ChangeSource.AutoAssociation);
        portal.Associator.Add(contact, company, [1], ChangeSource.AutoAssociation);
    }
}
