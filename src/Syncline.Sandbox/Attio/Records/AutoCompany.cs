using Syncline.Sandbox.Attio.Schema;
using Syncline.Sandbox.Attio.Types;
using Syncline.Sandbox.Attio.Wire;

namespace Syncline.Sandbox.Attio.Records;

/// <summary>A new person with a work address is linked to the company of the address's domain, which is made if there is none.</summary>
internal static class AutoCompany
{
    // The service's own list of free mail is not published.
    private static readonly HashSet<string> FreeMail = new(
        ["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "web.de",
         "proton.me", "protonmail.com", "mail.com", "qq.com", "163.com", "yandex.ru"], StringComparer.Ordinal);

    public static void Link(AttioWorkspace workspace, Row person)
    {
        AttioAttribute company = person.Table.Get("company");
        if (!workspace.Switches.AutoCompany || person.Current(company).Any()) return;
        string? domain = person.Current(person.Table.Get("email_addresses"))
            .Select(v => EmailAddressType.DomainOf((string)v.Payload)).FirstOrDefault(d => !FreeMail.Contains(d));
        if (domain is null) return;
        Row employer = Find(workspace, domain);
        workspace.Writer.Store(person, company, [new RecordPointer(employer.Table, employer.Id)], AttioActor.System);
    }

    private static Row Find(AttioWorkspace workspace, string domain)
    {
        AttioTable companies = workspace.Object("companies");
        AttioAttribute domains = companies.Get("domains");
        return companies.Rows.Index(domains, domains.Type.Fields[0]).Rows(domain).FirstOrDefault()
            ?? workspace.Writer.Create(companies, new() { ["domains"] = new System.Text.Json.Nodes.JsonArray(domain) }, AttioActor.System);
    }
}
