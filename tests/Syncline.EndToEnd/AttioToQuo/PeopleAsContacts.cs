using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox.Quo;

namespace Syncline.EndToEnd.AttioToQuo;

/// <summary>Every person of an Attio workspace is a contact in Quo, first in one long run, then kept up to date.</summary>
public sealed class PeopleAsContacts
{
    [Fact]
    public async Task Everybody_with_a_number_becomes_one_contact_under_the_id_of_the_record()
    {
        await using Office office = await Office.OpenAsync();
        string[] people = [.. Enumerable.Range(0, 130).Select(i => office.AddPerson($"Ada{i}", $"+1212555{i:0000}", "Engineer"))];
        office.AddPerson("Eve", phone: null);
        Ended ended = await office.SyncAsync();

        Assert.Equal((130, 1, 0), (ended.Count("created"), ended.Count("skipped"), ended.Count("deadLetters")));
        Assert.Equal(people.Order(StringComparer.Ordinal), office.Quo.Contacts.Select(c => c.ExternalId!).Order(StringComparer.Ordinal));
        QuoContactView contact = office.ContactOf(people[7]);
        Assert.Equal(("Ada7", "Example", "Engineer", "attio"), (contact.FirstName, contact.LastName, contact.Role, contact.Source));
        Assert.Equal(("+12125550007", "ada7@example.com"), (contact.Phones.Single(), contact.Emails.Single()));
    }

    [Fact]
    public async Task The_next_run_writes_nothing()
    {
        await using Office office = await Office.OpenAsync();
        for (int i = 0; i < 60; i++) office.AddPerson($"Ada{i}", $"+1212555{i:0000}");
        await office.SyncAsync();
        office.ForgetCalls();
        await office.SyncAsync();
        Assert.Single(office.QuoCalls);
        await office.SyncAsync("--full");
        Assert.Empty(office.QuoWrites);
    }

    [Fact]
    public async Task A_change_follows_and_what_was_changed_in_quo_stays()
    {
        await using Office office = await Office.OpenAsync();
        string ada = office.AddPerson("Ada", "+12125550100", "Engineer");
        await office.SyncAsync();
        string contact = office.ContactOf(ada).Id;
        office.Quo.App.AddPhone(contact, "+12125550111");
        office.Quo.App.Edit(contact, "lastName", "King");
        office.Attio.EditByPerson("people", ada, "job_title", "CTO");
        office.Attio.EditByPerson("people", ada, "phone_numbers", new System.Text.Json.Nodes.JsonArray("+12125550101"));
        Assert.Equal(1, (await office.SyncAsync()).Count("updated"));
        QuoContactView now = office.ContactOf(ada);
        Assert.Equal(("CTO", "King"), (now.Role, now.LastName));
        Assert.Equal(["+12125550101", "+12125550111"], now.Phones.Order(StringComparer.Ordinal));
        Assert.Equal(0, (await office.SyncAsync()).Count("updated"));
    }

    [Fact]
    public async Task The_name_of_the_company_goes_along_and_follows_when_it_changes()
    {
        await using Office office = await Office.OpenAsync();
        string acme = office.Attio.CreateByPerson("companies", new() { ["name"] = "Acme" });
        string ada = office.AddPerson("Ada", "+12125550100"), bob = office.AddPerson("Bob", "+12125550101");
        office.Attio.EditByPerson("people", ada, "company", Reference(acme));
        await office.SyncAsync();
        Assert.Equal(("Acme", null), (office.ContactOf(ada).Company, office.ContactOf(bob).Company));

        office.Attio.EditByPerson("companies", acme, "name", "Acme Works");
        Assert.Equal(1, (await office.SyncAsync()).Count("updated"));
        Assert.Equal("Acme Works", office.ContactOf(ada).Company);
        Assert.Equal(0, (await office.SyncAsync()).Count("updated"));
    }

    [Fact]
    public async Task Only_what_a_contact_needs_is_read()
    {
        await using Office office = await Office.OpenAsync();
        office.AddPerson("Ada", "+12125550100");
        await office.SyncAsync();
        Assert.Equal(["/v2/objects/companies/records/query", "/v2/objects/people/records/query"], office.AttioCalls.Where(c => c.Method == "POST").Select(c => c.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(office.AttioCalls, c => c.Path.StartsWith("/v2/notes", StringComparison.Ordinal) || c.Path.Contains("linkedin_messages", StringComparison.Ordinal));
    }

    private static System.Text.Json.Nodes.JsonArray Reference(string company) =>
        [new System.Text.Json.Nodes.JsonObject { ["target_object"] = "companies", ["target_record_id"] = company }];

    [Fact]
    public async Task Somebody_who_gets_a_number_later_becomes_a_contact_then()
    {
        await using Office office = await Office.OpenAsync();
        string eve = office.AddPerson("Eve", phone: null);
        Assert.Equal((0, 1), ((await office.SyncAsync()).Count("created"), office.Quo.ContactCount + 1));
        office.Attio.EditByPerson("people", eve, "phone_numbers", new System.Text.Json.Nodes.JsonArray("+12125550100"));
        Assert.Equal(1, (await office.SyncAsync()).Count("created"));
        Assert.Equal("Eve", office.ContactOf(eve).FirstName);
    }

    [Fact]
    public async Task Two_people_who_share_a_number_are_two_contacts()
    {
        await using Office office = await Office.OpenAsync();
        office.AddPerson("Ada", "+12125550100");
        office.AddPerson("Bob", "+12125550100");
        Assert.Equal((2, 2), ((await office.SyncAsync()).Count("created"), office.Quo.ContactCount));
    }

    [Fact]
    public async Task A_contact_that_somebody_deleted_in_quo_is_not_made_again()
    {
        await using Office office = await Office.OpenAsync();
        string ada = office.AddPerson("Ada", "+12125550100", "Engineer");
        await office.SyncAsync();
        office.Quo.App.Delete(office.ContactOf(ada).Id);
        office.Attio.EditByPerson("people", ada, "job_title", "CTO");
        await office.SyncAsync();
        Assert.Equal(0, office.Quo.ContactCount);
    }

    [Fact]
    public async Task A_lost_database_finds_its_contacts_again()
    {
        await using Office office = await Office.OpenAsync();
        for (int i = 0; i < 60; i++) office.AddPerson($"Ada{i}", $"+1212555{i:0000}");
        await office.SyncAsync();
        office.LoseDatabase();
        Assert.Equal((0, 60), ((await office.SyncAsync()).Count("created"), office.Quo.ContactCount));
    }

    [Fact]
    public async Task A_merge_in_attio_orphans_no_contact_and_makes_no_other()
    {
        await using Office office = await Office.OpenAsync();
        string[] people = [office.AddPerson("Ada", "+12125550100"), office.AddPerson("Ida", "+12125550101")];
        await office.SyncAsync();
        string merged = office.Attio.MergeRecords("people", people[0], people[1]);
        await office.SyncAsync();
        Assert.Equal(["+12125550100", "+12125550101"], office.ContactOf(merged).Phones.Order(StringComparer.Ordinal));
        Assert.Equal(2, office.Quo.ContactCount);
        office.LoseDatabase();
        Assert.Equal((0, 2), ((await office.SyncAsync()).Count("created"), office.Quo.ContactCount));
    }

    [Fact]
    public async Task A_lost_answer_makes_no_second_contact()
    {
        await using Office office = await Office.OpenAsync();
        office.AddPerson("Ada", "+12125550100");
        office.Quo.Behaviour.FailWrite = 1;
        office.Quo.Behaviour.FailedWriteTakesEffect = true;
        office.Quo.Behaviour.ReadLag = TimeSpan.FromSeconds(2);
        Assert.Equal((1, 1), ((await office.SyncAsync()).Count("created"), office.Quo.ContactCount));
    }

    [Fact]
    public async Task Both_ways_a_contact_made_in_quo_becomes_a_person_and_the_two_stay_one()
    {
        await using Office office = await Office.OpenAsync("{ from: [attio, quo], to: [attio, quo] }");
        string ada = office.AddPerson("Ada", "+12125550100", "Engineer");
        office.Quo.App.AddContact("Bob", "Example", "+12125550102", "bob@example.com");
        for (int run = 0; run < 3; run++) await office.SyncAsync();
        office.Quo.App.Edit(office.ContactOf(ada).Id, "role", "CTO");
        for (int run = 0; run < 2; run++) await office.SyncAsync();
        Assert.Equal((2, 2), (office.Quo.ContactCount, office.Attio.Records("people").Count));
        Assert.Equal("CTO", office.Attio.Record("people", ada)!.Text("job_title"));
        office.ForgetCalls();
        await office.SyncAsync();
        Assert.Empty(office.QuoWrites);
    }
}
