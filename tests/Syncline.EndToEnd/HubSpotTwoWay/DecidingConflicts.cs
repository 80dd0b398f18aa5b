using System.Text.Json.Nodes;
using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox.HubSpot;

namespace Syncline.EndToEnd.HubSpotTwoWay;

/// <summary>A file and HubSpot disagree about a job title, which nobody but a person may decide.</summary>
public sealed class DecidingConflicts : IAsyncLifetime
{
    private Portal _portal = null!;
    private string _contact = "";

    public async ValueTask InitializeAsync()
    {
        _portal = await Portal.OpenAsync();
        _portal.Configure("{ from: [people, hubspot], to: [hubspot], merge: { person: { job_title: manual } } }", people: true, more: "maps: { hubspot: { person: { job_title: { policy: manual } } } }");
        Enter("Engineer");
        await _portal.DoAsync("run", "leads");
        _contact = _portal.Contact("ada@example.com").Id;
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null) await _portal.DisposeAsync();
    }

    [Theory]
    [InlineData("ours", "Engineer")]
    [InlineData("theirs", "Director")]
    public async Task Either_side_can_be_taken_and_both_then_hold_it(string side, string expected)
    {
        await DisagreeAsync();
        JsonNode conflict = Assert.Single((await _portal.RunAsync("conflicts", "--json")).Json.AsArray())!;
        Assert.Equal(("job_title", "Engineer", "Engineer", "Director"), ((string)conflict["field"]!, (string?)conflict["base"], (string)conflict["ours"]!, (string)conflict["theirs"]!));
        await _portal.DoAsync("conflicts", "resolve", "ada@example.com", "job_title", "--take", side);
        await _portal.DoAsync("run", "leads");
        Assert.Equal((expected, expected), (Title, await GoldenAsync()));
        Assert.Empty((await _portal.DoAsync("conflicts", "--json")).Json.AsArray());
        int writes = _portal.Writes.Count;
        await _portal.DoAsync("run", "leads");
        await _portal.DoAsync("run", "leads", "--full");
        Assert.Equal(writes, _portal.Writes.Count);
    }

    [Fact]
    public async Task A_change_after_the_decision_waits_again()
    {
        await DisagreeAsync();
        await _portal.DoAsync("conflicts", "resolve", "ada@example.com", "job_title", "--take", "ours");
        await _portal.DoAsync("run", "leads");
        _portal.HubSpot.App.Edit("contacts", _contact, "jobtitle", "President");
        await _portal.RunAsync("run", "leads");
        Assert.Equal(("President", "Engineer"), (Title, await GoldenAsync()));
        Assert.Equal("President", (string?)Assert.Single((await _portal.RunAsync("conflicts", "--json")).Json.AsArray())!["theirs"]);
    }

    [Fact]
    public async Task A_pinned_value_is_written_and_no_source_changes_it()
    {
        await _portal.DoAsync("override", "ada@example.com", "job_title", "Founder");
        await _portal.DoAsync("run", "leads");
        Assert.Equal("Founder", Title);
        Enter("Trainee");
        _portal.HubSpot.App.Edit("contacts", _contact, "jobtitle", "Director");
        await _portal.RunAsync("run", "leads");
        Assert.Equal(("Founder", "Founder"), (Title, await GoldenAsync()));
        int writes = _portal.Writes.Count;
        await _portal.RunAsync("run", "leads");
        await _portal.RunAsync("run", "leads", "--full");
        Assert.Equal(writes, _portal.Writes.Count);
        await _portal.DoAsync("override", "ada@example.com", "job_title", "--release");
        Enter("Head of Research");
        await _portal.RunAsync("run", "leads");
        Assert.Equal("Head of Research", (string?)Assert.Single((await _portal.RunAsync("conflicts", "--json")).Json.AsArray())!["theirs"]);
    }

    [Fact]
    public async Task One_that_ends_by_itself_waits_no_more()
    {
        await DisagreeAsync();
        _portal.HubSpot.App.Edit("contacts", _contact, "jobtitle", "Engineer");
        await _portal.RunAsync("run", "leads");
        Assert.Empty((await _portal.DoAsync("conflicts", "--json")).Json.AsArray());
    }

    private string? Title => _portal.HubSpot.Record("contacts", _contact)!["jobtitle"];

    private async Task DisagreeAsync()
    {
        _portal.HubSpot.App.Edit("contacts", _contact, "jobtitle", "Director");
        await _portal.RunAsync("run", "leads");
        Assert.Equal(("Director", "Engineer"), (Title, await GoldenAsync()));
    }

    private async Task<string?> GoldenAsync() => (string?)(await _portal.DoAsync("show", "ada@example.com", "--json")).Json["fields"]!["job_title"];

    private void Enter(string title) => _portal.Write("people.csv", $"Email,First Name,Last Name,Job Title\nada@example.com,Ada,Example,{title}\n");
}
