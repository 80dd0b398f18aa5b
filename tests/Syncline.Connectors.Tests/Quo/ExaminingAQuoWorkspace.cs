using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Quo;

public sealed class ExaminingAQuoWorkspace : IDisposable
{
    private static readonly FieldRule Colour = new("custom.colour", "favourite_colour");

    private readonly QuoFixture _quo = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _quo.Dispose();

    [Fact]
    public async Task What_the_shipped_map_names_is_all_there() => Assert.Empty(await _quo.PrepareAsync());

    [Fact]
    public async Task A_custom_field_that_is_missing_is_left_out_and_said()
    {
        _quo.Fake.Define("tone", "string");
        Unavailable missing = Assert.Single(await _quo.PrepareAsync(Colour));
        Assert.Equal((RecordKind.Person, "custom.colour"), (missing.Kind, missing.Remote));
        Assert.Contains("custom.tone", missing.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_the_wrong_type_is_left_out_too()
    {
        _quo.Fake.Define("score", "boolean");
        Assert.Contains("boolean", Assert.Single(await _quo.PrepareAsync(new FieldRule("custom.score", "engagement_score"))).Reason, StringComparison.Ordinal);
        Assert.Empty(await _quo.PrepareAsync(new FieldRule("custom.score", "engagement_score") { Outward = Transforms.Flag }));
    }

    [Fact]
    public async Task A_name_that_is_no_field_is_left_out_with_how_custom_fields_are_written() =>
        Assert.Contains("custom.KEY", Assert.Single(await _quo.PrepareAsync(new FieldRule("nickname", "nickname"))).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task A_required_one_that_is_missing_stops_the_run()
    {
        ProviderException failure = await Assert.ThrowsAsync<ProviderException>(() => _quo.PrepareAsync(Colour with { IsRequired = true }));
        Assert.Equal(Recovery.StopRun, failure.Recovery);
        Assert.Contains("custom.colour", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Add property", failure.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_key_that_is_not_accepted_is_told_that_new_ones_need_half_a_minute(int status)
    {
        _quo.Fake.Answer(".*", status, """{"error":{"message":"Unauthorized","key":"auth","trace":"1"}}""");
        Finding key = await _quo.Connection.Doctor.TestAsync(Token);
        Assert.Equal(Severity.Error, key.Severity);
        Assert.Contains("30 seconds", key.Remedy, StringComparison.Ordinal);
        Assert.Equal(key, Assert.Single(await _quo.Connection.Doctor.ExamineAsync([_quo.Map], Token)));
    }

    [Fact]
    public async Task Everything_else_is_a_finding_with_what_to_do()
    {
        _quo.Fake.Define("tone", "string");
        IReadOnlyList<Finding> findings = await _quo.Connection.Doctor.ExamineAsync([_quo.MapWith(Colour, new("custom.tone", "tone"))], Token);
        Assert.Equal(["Good api_key", "Warning contacts.custom.colour", "Good contacts.custom.tone", "Good source", "Advice contacts"], findings.Select(f => $"{f.Severity} {f.Subject}"));
        Assert.Contains("Add property", findings[1].Remedy, StringComparison.Ordinal);
        Assert.Contains("conversation", findings[4].Message, StringComparison.Ordinal);
        Assert.Empty(_quo.Fake.Writes);
    }

    [Fact]
    public async Task A_custom_field_of_another_type_is_told_with_the_type_it_would_need()
    {
        _quo.Fake.Define("score", "boolean");
        Finding finding = (await _quo.Connection.Doctor.ExamineAsync([_quo.MapWith(new FieldRule("custom.score", "engagement_score"), new("custom.points", "engagement_score"))], Token)).Single(f => f.Subject == "contacts.custom.score");
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("is of type boolean", finding.Message, StringComparison.Ordinal);
        Assert.Contains("its type is to be number", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_that_share_an_external_id_are_named()
    {
        _quo.Fake.Add("p-1");
        for (int i = 0; i < 60; i++) _quo.Fake.Add($"other-{i}");
        _quo.Fake.Add("p-1");
        Finding finding = Assert.Single(await _quo.Connection.Doctor.ExamineAsync([_quo.Map], Token), f => f.Subject == "contacts.externalId");
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("c1, c62", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_costs_four_calls_however_many_contacts_there_are()
    {
        for (int i = 0; i < 500; i++) _quo.Fake.Add();
        await _quo.Connection.Doctor.ExamineAsync([_quo.Map], Token);
        Assert.Equal(4, _quo.Fake.Calls.Count);
    }

    [Fact]
    public async Task A_key_that_may_not_see_custom_fields_is_told_so()
    {
        _quo.Fake.Answer("custom-fields", 403, FakeQuo.Error(403, "0700403", "Forbidden"));
        IReadOnlyList<Finding> findings = await _quo.Connection.Doctor.ExamineAsync([_quo.Map], Token);
        Assert.Contains(findings, f => f is { Severity: Severity.Error, Subject: "contact-custom-fields" });
    }
}
