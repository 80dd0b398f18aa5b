using System.Globalization;
using System.Text.Json.Nodes;
using Syncline.EndToEnd.HubSpotTwoWay;
using Syncline.EndToEnd.InProcess;
using Syncline.Sandbox.HubSpot;

namespace Syncline.EndToEnd.RealInput;

/// <summary>Two real files into a HubSpot portal, enriched on the way, and read back.</summary>
public sealed class OfficeHoldersInHubSpot : IAsyncLifetime
{
    private Portal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        // HubSpot's industries are a list of its own, and neither file's words are on it.
        (string officials, string companies) = (PublicFiles.Find("officials.csv"), PublicFiles.Find("companies-sp500.csv"));
        _portal = await Portal.OpenAsync("{ from: [hub, hubspot], to: [hubspot], enrich: [explorium], kinds: [person, company] }", ", external_id_property: syncline_id", "maps: { hubspot: { company: { industry: none } } }");
        await _portal.DoAsync("import", officials);
        await _portal.DoAsync("import", companies, "--kind", "company", "--key", "CIK");
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null) await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_is_there_once_with_their_company_and_read_back_nothing_moves()
    {
        await _portal.DoAsync("run", "leads");
        Assert.Equal((537, 502), (_portal.HubSpot.Count("contacts"), _portal.HubSpot.Count("companies")));
        Assert.Equal(537, _portal.HubSpot.Records("contacts").Select(c => c["syncline_id"]).Distinct().Count());
        Assert.All(_portal.HubSpot.Records("contacts"), c => Assert.Single(c.To("companies")));
        await ReadBackAsync();

        (int writes, int credits) = (_portal.Writes.Count, _portal.Explorium.CreditsSpent);
        await _portal.DoAsync("run", "leads");
        await _portal.DoAsync("run", "leads", "--full");
        Assert.Equal((writes, credits), (_portal.Writes.Count, _portal.Explorium.CreditsSpent));
        await ReadBackAsync();
        Ended audit = await _portal.DoAsync("audit", "leads", "--json");
        Assert.True((bool)audit.Json["isComplete"]!);
    }

    /// <summary>What the hub holds is what the portal holds, person by person.</summary>
    private async Task ReadBackAsync()
    {
        Ended exported = await _portal.DoAsync("export", "--format", "jsonl");
        IEnumerable<string> golden = exported.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Golden(JsonNode.Parse(line)!));
        Assert.Equal(golden.Order(StringComparer.Ordinal), _portal.HubSpot.Records("contacts").Select(Held).Order(StringComparer.Ordinal));
    }

    private static string Golden(JsonNode person)
    {
        JsonNode fields = person["fields"] ?? person;
        return string.Create(CultureInfo.InvariantCulture, $"{Text(fields["first_name"])}|{Text(fields["last_name"])}|{Text(fields["job_title"])}|{Text(fields["phone"])}|{Text(fields["data_quality"])}");
    }

    private static string Text(JsonNode? value) => value is JsonArray many ? string.Join(';', many.Select(m => m!.ToString())) : value?.ToString() ?? "";

    private static string Held(HubSpotRecordView contact) => $"{contact["firstname"]}|{contact["lastname"]}|{contact["jobtitle"]}|{contact["phone"]}|{contact["data_quality"]}";
}
