using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.Sandbox.Attio;
using Syncline.Simulation.Judging;

namespace Syncline.Simulation.Worlds;

/// <summary>People at work in an Attio workspace.</summary>
internal sealed class AttioMembers(AttioSimulator attio, History history, Random random)
{
    private readonly string _mark = random.Next(100, 1000).ToString(CultureInfo.InvariantCulture);
    private int _made;

    /// <summary>Whether two records may be made one.</summary>
    public bool Merges { get; init; } = true;

    /// <summary>Whether numbers and addresses are taken away.</summary>
    public bool Removes { get; init; } = true;

    /// <summary>Whether companies have a domain, and some of the people without an address a profile.</summary>
    public bool IsForCrm { get; init; }

    /// <summary>One thing that somebody does.</summary>
    public void Act()
    {
        if (attio.Records("people").Count == 0)
        {
            AddPerson();
            return;
        }
        switch (random.Next(14))
        {
            case 0 or 1: AddPerson(); break;
            case 2: EditText("job_title"); break;
            case 3: Rename(); break;
            case 4 or 5: AddTo("phone_numbers", Phone()); break;
            case 6 when Removes: RemoveFrom("phone_numbers"); break;
            case 7: AddTo("email_addresses", Address()); break;
            case 8 when Removes: RemoveFrom("email_addresses"); break;
            case 9: RenameCompany(); break;
            case 10: ChangeCompany(); break;
            case 11 when Merges: Merge(); break;
            case 12: Delete([.. attio.Records("people")]); break;
            default: EditText("job_title"); break;
        }
    }

    /// <summary>What shifts the rows of a sweep that is under way.</summary>
    public void Shift()
    {
        if (random.Next(2) == 0) Delete(Strangers());
        else AddPerson();
    }

    /// <summary>A clear-out, or a tidying up.</summary>
    public void Leave()
    {
        switch (random.Next(6))
        {
            case 0 or 1: Merge(); break;
            case 2 or 3: Delete(Strangers()); break;
            case 4: for (int i = random.Next(6, 10); i > 0; i--) Delete(Strangers()); break;
            default: break;
        }
    }

    /// <summary>Two become one, and another is deleted.</summary>
    public void LeaveTwice()
    {
        Merge();
        Delete([.. Strangers().Where(p => !history.Contacts.MergedFrom.ContainsKey(p.Id))]);
    }

    public void AddPerson()
    {
        int number = ++_made;
        JsonObject values = new() { ["name"] = Name($"Ada{_mark}x{number}", $"Example{number}") };
        string[] phones = Phones();
        if (phones.Length > 0) values["phone_numbers"] = Array(phones);
        string[] addresses = [.. Enumerable.Range(0, random.Next(4) switch { 0 => 0, 1 => 1 + random.Next(3), _ => 1 }).Select(_ => Address())];
        if (addresses.Length > 0) values["email_addresses"] = Array(addresses);
        if (IsForCrm && addresses.Length == 0 && random.Next(2) == 0) values["linkedin"] = $"https://www.linkedin.com/in/ada-{_mark}-{number}";
        if (random.Next(2) == 0) values["job_title"] = $"Engineer {number}";
        if (random.Next(3) == 0) values["company"] = Reference(Company());
        string id = attio.CreateByPerson("people", values);
        history.MadeByPeople.Add(id);
        history.Log.Add($"attio: {id} was added with {string.Join(' ', phones)} {string.Join(' ', addresses)}");
    }

    private string[] Phones()
    {
        string[] held = [.. attio.Records("people").SelectMany(p => p.Texts("phone_numbers"))];
        return random.Next(6) switch
        {
            0 => [],
            1 => [Phone(), Phone()],
            2 when held.Length > 0 => [held[random.Next(held.Length)]],
            _ => [Phone()],
        };
    }

    private void EditText(string slug)
    {
        string value = $"Post {_mark}-{random.Next(100_000)}";
        Set(Somebody(), slug, value, value);
    }

    private void Rename()
    {
        string last = $"Renamed{random.Next(100_000)}";
        AttioRecordView person = Somebody();
        JsonObject name = Name(person.Raw("name") is [{ } held, ..] && held["first_name"]?.ToString() is { Length: > 0 } first ? first : "Ada", last);
        Set(person, "name", name, name["full_name"]!.ToString());
    }

    private void AddTo(string slug, string value)
    {
        AttioRecordView person = Somebody();
        Set(person, slug, Array([.. person.Texts(slug), value]), value);
    }

    private void RemoveFrom(string slug)
    {
        AttioRecordView person = Somebody();
        string[] held = [.. person.Texts(slug)];
        if (held.Length > 0) Set(person, slug, Array(held[..^1]), "without " + held[^1]);
    }

    private void Set(AttioRecordView person, string slug, JsonNode value, string told)
    {
        attio.EditByPerson("people", person.Id, slug, value);
        history.Contacts.Given.Add(slug == "name" ? (person.Id, "last_name", told.Split(' ')[^1]) : (person.Id, slug, told));
        if (slug is "job_title" or "name")
        {
            history.Edits.RemoveAll(e => e.Record == person.Id && e.Slug == slug);
            history.Edits.Add((person.Id, slug, told));
        }
        history.Log.Add($"attio: {slug} of {person.Id} became {told}");
    }

    private void RenameCompany()
    {
        AttioRecordView[] companies = [.. attio.Records("companies")];
        if (companies.Length == 0) return;
        string name = $"Works {_mark}-{random.Next(100_000)}", id = companies[random.Next(companies.Length)].Id;
        attio.EditByPerson("companies", id, "name", name);
        history.Log.Add($"attio: company {id} became {name}");
    }

    private void ChangeCompany()
    {
        AttioRecordView person = Somebody();
        JsonNode? company = random.Next(4) == 0 ? null : Reference(Company());
        attio.EditByPerson("people", person.Id, "company", company);
        history.Log.Add($"attio: company of {person.Id} became {company?.ToJsonString()}");
    }

    private string Company()
    {
        AttioRecordView[] companies = [.. attio.Records("companies")];
        if (companies.Length > 2) return companies[random.Next(companies.Length)].Id;
        JsonObject values = new() { ["name"] = $"Acme {_mark}-{++_made}" };
        if (IsForCrm) values["domains"] = Array([$"acme{_mark}-{_made}.example.com"]);
        return attio.CreateByPerson("companies", values);
    }

    private void Merge()
    {
        AttioRecordView[] people = Strangers();
        if (people.Length < 2) return;
        AttioRecordView[] both = [.. people.OrderBy(_ => random.Next()).Take(2)];
        string[] two = [.. both.Select(p => p.Id)];
        string left = attio.MergeRecords("people", two[0], two[1]);
        foreach (AttioRecordView one in both) history.Contacts.MergedPeople[one.Id] = Departing(one, left);
        history.MadeByPeople.Add(left);
        history.Contacts.MergedFrom[left] = [.. two, .. two.SelectMany(id => history.Contacts.MergedFrom.GetValueOrDefault(id, []))];
        history.Log.Add($"attio: {two[0]} and {two[1]} were merged to {left}");
    }

    private void Delete(AttioRecordView[] people)
    {
        if (people.Length == 0) return;
        AttioRecordView person = people[random.Next(people.Length)];
        if (person.Text("heyreach_lead_id") is { } lead) history.DeletedLeads.Add(lead);
        history.Contacts.DeletedPeople[person.Id] = Departing(person, null);
        attio.DeleteByPerson("people", person.Id);
        history.Log.Add($"attio: {person.Id} was deleted");
    }

    private Departure Departing(AttioRecordView person, string? into) => new(history.Moment(), [.. person.Texts("phone_numbers"), .. person.Texts("email_addresses")], into);

    /// <summary>Those who are no leads.</summary>
    private AttioRecordView[] Strangers() => [.. attio.Records("people").Where(p => p.Text("heyreach_lead_id") is null)];

    private AttioRecordView Somebody()
    {
        IReadOnlyList<AttioRecordView> people = attio.Records("people");
        return people[random.Next(people.Count)];
    }

    private string Phone() => $"+1{random.Next(2, 10)}125550{random.Next(100, 200)}" is var phone && attio.Records("people").Any(p => p.Texts("phone_numbers").Contains(phone)) ? Phone() : phone;

    // Never one that was given out before: whose address it once was, that one it stays.
    private string Address() => $"ada{_mark}-{++_made}@example.{(random.Next(2) == 0 ? "com" : "org")}";

    private static JsonObject Name(string first, string last) => new() { ["first_name"] = first, ["last_name"] = last, ["full_name"] = $"{first} {last}" };

    private static JsonArray Array(IEnumerable<string> values) => [.. values.Select(v => JsonValue.Create(v))];

    private static JsonArray Reference(string company) => [new JsonObject { ["target_object"] = "companies", ["target_record_id"] = company }];
}
