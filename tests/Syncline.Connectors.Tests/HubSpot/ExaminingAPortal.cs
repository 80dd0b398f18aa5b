namespace Syncline.Connectors.Tests.HubSpot;

public sealed class ExaminingAPortal
{
    private readonly HubSpotFixture _hubspot = new(("external_id_property", "syncline_ref"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_missing_is_made_after_it_was_shown()
    {
        IReadOnlyList<Finding> findings = await ExamineAsync();
        Finding ours = findings.Single(f => f.Subject == "contacts.syncline_ref"), quality = findings.Single(f => f.Subject == "contacts.data_quality");
        Assert.Equal((Severity.Warning, "Create the unique text property 'syncline_ref' on contacts."), (ours.Severity, ours.FixDescription));
        Assert.Equal("Create the number property 'data_quality' on contacts.", quality.FixDescription);
        Assert.DoesNotContain(_hubspot.Fake.Calls, c => c.Method == "POST" && c.Path.Contains("properties", StringComparison.Ordinal));

        foreach (Finding finding in findings.Where(f => f.FixAsync is not null)) await finding.FixAsync!(Token);
        IReadOnlyList<Finding> after = await ExamineAsync();
        Assert.DoesNotContain(after, f => f.FixAsync is not null);
        Assert.Contains(_hubspot.Fake.Calls, c => (string?)c.Body?["name"] == "syncline_ref" && (bool)c.Body["hasUniqueValue"]! && (string?)c.Body["groupName"] == "information");
    }

    [Fact]
    public async Task A_property_of_HubSpots_own_that_is_missing_is_for_a_person()
    {
        Finding missing = (await ExamineAsync()).Single(f => f.Subject == "contacts.hs_lead_status");
        Assert.Null(missing.FixAsync);
        Assert.NotNull(missing.Remedy);
    }

    [Theory]
    [InlineData("100", Severity.Warning, "starter")]
    [InlineData("190", Severity.Good, null)]
    [InlineData("250", Severity.Advice, "addon")]
    public async Task The_tier_is_held_against_what_HubSpot_says(string most, Severity severity, string? named)
    {
        _hubspot.Fake.Answer("GET .*account-info", 200, """{"portalId":1}""", ("X-HubSpot-RateLimit-Max", most));
        Finding tier = (await ExamineAsync()).Single(f => f.Subject == "tier");
        Assert.Equal(severity, tier.Severity);
        if (named is not null) Assert.Contains(named, tier.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_scope_is_named_with_what_it_is_for()
    {
        _hubspot.Fake.Answer("POST .*contacts/batch/create", 403, """{"category":"MISSING_SCOPES","message":"no","errors":[{"message":"no","context":{"requiredGranularScopes":["crm.objects.contacts.write"]}}]}""");
        Finding scope = (await ExamineAsync()).Single(f => f.Subject == "crm.objects.contacts.write");
        Assert.Equal((Severity.Warning, "The credential may not write people and notes."), (scope.Severity, scope.Message));
        Assert.Contains("crm.objects.contacts.write", scope.Remedy, StringComparison.Ordinal);
        Assert.Empty(_hubspot.Fake.Objects["contacts"]);
    }

    private Task<IReadOnlyList<Finding>> ExamineAsync() => _hubspot.Connection.Doctor.ExamineAsync(_hubspot.Connection.Maps, Token);
}
