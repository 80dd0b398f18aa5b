using System.Text.Json.Nodes;
using Syncline.EndToEnd.InProcess;

namespace Syncline.EndToEnd.AttioToQuo;

/// <summary>What the doctor says of the two accounts, each case against the simulated providers.</summary>
public sealed class BeforeTheFirstRun
{
    [Fact]
    public async Task A_key_that_only_reads_attio_is_enough_to_write_quo_and_no_set_up_is_asked_for()
    {
        await using Office office = await Office.OpenAsync(plainAttio: true);
        office.Attio.AddToken(Office.AttioKey, "record_permission:read object_configuration:read");
        office.AddPerson("Ada", "+12125550100");
        (Ended ended, string[] findings) = await ExamineAsync(office);
        Assert.Equal(0, ended.Code);
        Assert.Contains("attio good api_key", findings);
        Assert.DoesNotContain(findings, f => f.StartsWith("attio warning", StringComparison.Ordinal) || f.StartsWith("attio error", StringComparison.Ordinal));
        Assert.Equal(1, (await office.SyncAsync()).Count("created"));
    }

    [Theory]
    [InlineData("record_permission:read", "{ from: [attio], to: [quo] }", "object_configuration:read")]
    [InlineData("note:read object_configuration:read", "{ from: [attio], to: [quo] }", "record_permission:read")]
    [InlineData("record_permission:read object_configuration:read", "{ from: [attio, quo], to: [attio, quo], kinds: [person] }", "record_permission:read-write")]
    public async Task A_missing_scope_is_named(string scopes, string sync, string missing)
    {
        await using Office office = await Office.OpenAsync(sync);
        office.Attio.AddToken(Office.AttioKey, scopes);
        (Ended ended, string[] findings) = await ExamineAsync(office);
        Assert.Equal(1, ended.Code);
        Assert.Contains("attio error api_key", findings);
        Assert.Contains(missing, ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_attio_does_not_know_is_told()
    {
        await using Office office = await Office.OpenAsync();
        office.Attio.RevokeToken(Office.AttioKey);
        (Ended ended, string[] findings) = await ExamineAsync(office);
        Assert.Equal((1, true), (ended.Code, findings.Contains("attio error api_key")));
        Assert.Contains("mistyped, or revoked", ended.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_quo_key_of_a_few_seconds_is_told_when_to_try_again(int status)
    {
        await using Office office = await Office.OpenAsync();
        office.Quo.RevokeKey(Office.QuoKey);
        (office.Quo.Behaviour.KeyActivation, office.Quo.Behaviour.InactiveKeyStatus) = (TimeSpan.FromSeconds(30), status);
        office.Quo.AddKey(Office.QuoKey);
        (Ended ended, string[] findings) = await ExamineAsync(office);
        Assert.Equal((1, true), (ended.Code, findings.Contains("quo error api_key")));
        Assert.Contains("try again in half a minute", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ended_subscription_is_told()
    {
        await using Office office = await Office.OpenAsync();
        office.Quo.Behaviour.SubscriptionExpired = true;
        Ended ended = (await ExamineAsync(office)).Ended;
        Assert.Equal(1, ended.Code);
        Assert.Contains("subscription", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Custom_fields_that_quo_lacks_are_named_with_what_to_click()
    {
        await using Office office = await Office.OpenAsync(more: "maps: { quo: { person: { engagement_score: custom.engagement, nickname: custom.nickname } } }");
        office.Quo.App.DefineCustomField("engagement", "boolean");
        (Ended ended, string[] findings) = await ExamineAsync(office);
        Assert.Equal(0, ended.Code);
        Assert.Contains("quo warning contacts.custom.engagement", findings);
        Assert.Contains("quo warning contacts.custom.nickname", findings);
        Assert.Contains("its type is to be number", ended.Out, StringComparison.Ordinal);
        Assert.Contains("add a property", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reserved_source_is_refused_before_any_call()
    {
        await using Office office = await Office.OpenAsync(quo: ", source: openphone-attio");
        Ended ended = await office.RunAsync("doctor");
        Assert.Equal(2, ended.Code);
        Assert.Contains("openphone", ended.Out + ended.Error, StringComparison.Ordinal);
        Assert.Empty(office.QuoCalls);
    }

    [Fact]
    public async Task Two_contacts_with_one_external_id_are_named_and_the_run_touches_neither()
    {
        await using Office office = await Office.OpenAsync();
        string ada = office.AddPerson("Ada", "+12125550100", "Engineer");
        await office.SyncAsync();
        await office.QuoAsync("POST", "contacts", $$"""{"firstName":"Ada","externalId":"{{ada}}","source":"attio"}""");
        (Ended ended, string[] findings) = await ExamineAsync(office);
        Assert.Equal((0, true), (ended.Code, findings.Contains("quo warning contacts.externalId")));

        office.LoseDatabase();
        office.ForgetCalls();
        Assert.Equal(3, (await office.RunAsync("run", "attio-to-quo")).Code);
        Assert.Empty(office.QuoWrites);
    }

    [Fact]
    public async Task That_contacts_show_only_once_there_is_a_conversation_is_told()
    {
        await using Office office = await Office.OpenAsync();
        (Ended ended, string[] findings) = await ExamineAsync(office);
        Assert.Contains("quo advice contacts", findings);
        Assert.Contains("conversation", ended.Out, StringComparison.Ordinal);
    }

    /// <summary>Findings as <c>connection severity subject</c>.</summary>
    private static async Task<(Ended Ended, string[] Findings)> ExamineAsync(Office office)
    {
        Ended ended = await office.RunAsync("doctor", "--json");
        Assert.True(JsonNode.Parse(ended.Out) is JsonArray, ended.Out + ended.Error);
        return (ended, [.. JsonNode.Parse(ended.Out)!.AsArray().Select(f => $"{f!["connection"]} {f["severity"]} {f["subject"]}")]);
    }
}
