using Syncline.Sandbox.Attio.Types;

namespace Syncline.Sandbox.Attio.Schema;

/// <summary>The objects a workspace is born with, and their system attributes.</summary>
internal static class StandardObjects
{
    /// <summary>People and companies refuse unique and status attributes and defaults.</summary>
    public static bool IsPeopleOrCompanies(AttioTable table) => table is { IsStandard: true, Slug: "people" or "companies" };

    public static void AddTo(AttioWorkspace workspace)
    {
        AttioTable people = Add(workspace, "people", "Person", "People", isOn: true);
        AttioTable companies = Add(workspace, "companies", "Company", "Companies", isOn: true);
        AttioTable deals = Add(workspace, "deals", "Deal", "Deals", isOn: false);
        AttioTable users = Add(workspace, "users", "User", "Users", isOn: false);
        AttioTable workspaces = Add(workspace, "workspaces", "Workspace", "Workspaces", isOn: false);
        AddPeople(new(workspace, people), companies);
        AddCompanies(new(workspace, companies), people);
        AddDeals(new(workspace, deals), people, companies);
        AddUsers(new(workspace, users), people);
        AddWorkspaces(new(workspace, workspaces), users, companies);
    }

    /// <summary>Switches an optional object on and makes the attributes of people and companies that point at it.</summary>
    public static void SwitchOn(AttioWorkspace workspace, string slug)
    {
        AttioTable table = workspace.Objects.Find(t => t.Slug == slug && t.IsStandard)
            ?? throw new ArgumentException($"No standard object {slug}.", nameof(slug));
        if (table.IsOn) return;
        table.IsOn = true;
        if (slug == "deals")
            Relate(workspace, table, ("associated_people", "people", "associated_deals"), ("associated_company", "companies", "associated_deals"));
        if (slug == "users") Relate(workspace, table, ("person", "people", "associated_users"));
        if (slug == "workspaces") Relate(workspace, table, ("company", "companies", "associated_workspaces"));
    }

    public static AttioTable AddSystemColumns(AttioWorkspace workspace, AttioTable table)
    {
        Columns columns = new(workspace, table);
        columns.Add(table.IsList ? "entry_id" : "record_id", AttributeTypes.Text, isWritable: false, isUnique: true, origin: Origin.RowId);
        if (table.IsList) columns.Add("parent_record", AttributeTypes.RecordReference, isWritable: false, origin: Origin.ParentRecord).Allowed = [table.Parent!];
        return table;
    }

    public static void AddClosingColumns(AttioWorkspace workspace, AttioTable table)
    {
        Columns columns = new(workspace, table);
        columns.Add("created_at", AttributeTypes.Timestamp, isWritable: false, origin: Origin.CreatedAt);
        columns.Add("created_by", AttributeTypes.ActorReference, isWritable: false, origin: Origin.CreatedBy);
    }

    private static AttioTable Add(AttioWorkspace workspace, string slug, string singular, string plural, bool isOn)
    {
        AttioTable table = new(workspace.Ids.Next(), slug, singular, plural, workspace.CreatedAt) { IsStandard = true, IsOn = isOn };
        workspace.Objects.Add(table);
        return AddSystemColumns(workspace, table);
    }

    private static void AddPeople(Columns people, AttioTable companies)
    {
        people.Add("name", AttributeTypes.Name);
        people.Add("email_addresses", AttributeTypes.Email, isUnique: true, isMulti: true);
        people.Add("description", AttributeTypes.Text);
        people.Add("company", AttributeTypes.RecordReference).Allowed = [companies];
        people.Add("job_title", AttributeTypes.Text);
        people.Add("avatar_url", AttributeTypes.Text, isWritable: false);
        people.Add("phone_numbers", AttributeTypes.Phone, isMulti: true);
        people.AddSocial();
        people.AddContacts();
    }

    private static void AddCompanies(Columns companies, AttioTable people)
    {
        companies.Add("domains", AttributeTypes.Domain, isUnique: true, isMulti: true);
        companies.Add("name", AttributeTypes.Text);
        companies.Add("description", AttributeTypes.Text);
        AttioAttribute team = companies.Add("team", AttributeTypes.RecordReference, isMulti: true);
        team.Allowed = [people];
        people.Get("company").Relate(team);
        companies.AddOptions(companies.Add("categories", AttributeTypes.Select, isMulti: true), "SAAS", "B2B", "B2C", "E-commerce");
        companies.AddSocial();
        companies.Add("logo_url", AttributeTypes.Text, isWritable: false);
        companies.AddOptions(companies.Add("estimated_arr_usd", AttributeTypes.Select), "<$1M", "$1M-$10M", "$10M-$50M", "$50M-$100M");
        companies.Add("funding_raised_usd", AttributeTypes.Currency).SetCurrency("USD");
        companies.Add("foundation_date", AttributeTypes.Date);
        companies.AddOptions(
            companies.Add("employee_range", AttributeTypes.Select), "1-10", "11-50", "51-250", "251-1K", "1K-5K", "5K-10K", "10K-50K", "50K-100K", "100K+");
        companies.AddContacts();
    }

    private static void AddDeals(Columns deals, AttioTable people, AttioTable companies)
    {
        deals.Add("name", AttributeTypes.Text, isRequired: true);
        AttioAttribute stage = deals.Add("stage", AttributeTypes.Status, isRequired: true);
        deals.AddOptions(stage, "Lead", "In Progress", "Won \U0001F389", "Lost");
        stage.Options[2].Celebrates = true;
        deals.Add("owner", AttributeTypes.ActorReference, isRequired: true);
        deals.Add("value", AttributeTypes.Currency).SetCurrency("USD");
        deals.Add("associated_people", AttributeTypes.RecordReference, isMulti: true).Allowed = [people];
        deals.Add("associated_company", AttributeTypes.RecordReference).Allowed = [companies];
        deals.Close();
    }

    private static void AddUsers(Columns users, AttioTable people)
    {
        users.Add("person", AttributeTypes.RecordReference).Allowed = [people];
        users.Add("primary_email_address", AttributeTypes.Email, isRequired: true, isUnique: true);
        users.Add("user_id", AttributeTypes.Text, isRequired: true, isUnique: true);
        users.Add("workspace", AttributeTypes.RecordReference, isMulti: true);
        users.Close();
    }

    private static void AddWorkspaces(Columns workspaces, AttioTable users, AttioTable companies)
    {
        workspaces.Add("workspace_id", AttributeTypes.Text, isRequired: true, isUnique: true);
        workspaces.Add("name", AttributeTypes.Text);
        AttioAttribute members = workspaces.Add("users", AttributeTypes.RecordReference, isMulti: true);
        members.Allowed = [users];
        AttioAttribute belongsTo = users.Get("workspace");
        belongsTo.Allowed = [workspaces.Table];
        belongsTo.Relate(members);
        workspaces.Add("company", AttributeTypes.RecordReference).Allowed = [companies];
        workspaces.Add("avatar_url", AttributeTypes.Text);
        workspaces.Close();
    }

    private static void Relate(AttioWorkspace workspace, AttioTable table, params ReadOnlySpan<(string Own, string Other, string Reverse)> relations)
    {
        foreach ((string own, string other, string reverse) in relations)
        {
            AttioAttribute back = new Columns(workspace, workspace.Object(other)).Add(reverse, AttributeTypes.RecordReference, isMulti: true);
            back.Allowed = [table];
            table.Get(own).Relate(back);
        }
    }
}
