using Syncline.Conformance.Destinations;
using Syncline.Loading;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Lemlist;

public sealed class LemlistContactsAreWrittenAsTheyShould : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) => Task.FromResult<DestinationWorld>(new WrittenLemlist(hasCampaign: false));
}

public sealed class LemlistLeadsAreWrittenAsTheyShould : DestinationConformance
{
    protected override Task<DestinationWorld> NewWorldAsync(CancellationToken cancellationToken) => Task.FromResult<DestinationWorld>(new WrittenLemlist(hasCampaign: true));
}

internal sealed class WrittenLemlist : DestinationWorld
{
    private readonly FakeLemlist _lemlist = new();
    private readonly Connection _connection;
    private readonly bool _hasCampaign;

    public WrittenLemlist(bool hasCampaign)
    {
        _hasCampaign = hasCampaign;
        _lemlist.AddCampaign("Spring");
        _lemlist.CustomFields.Add("colour");
        _lemlist.Settings["delete_contacts"] = "true";
        if (hasCampaign) _lemlist.Settings["campaign"] = "Spring";
        _connection = _lemlist.Open();
    }

    public override IDestination Destination => _connection.Destination!;

    public override IReadOnlyList<FieldMap> Maps =>
        [.. _connection.Maps.Where(m => m.Kind == RecordKind.Person).Select(m => m with { Rules = [.. m.Rules, new("custom.colour", "favourite_colour") { IsRequired = true }] })];

    public override IReadOnlyList<DestinationSample> Samples => LemlistSamples.Of(_hasCampaign ? "Spring" : null);

    public override int CameTooEarly => 0;

    public override Task<int> CountAsync(string stream, CancellationToken cancellationToken) => Task.FromResult(_lemlist.Contacts.Count);

    public override void LoseAnswers(int writes) => _lemlist.LoseAnswers = writes;

    public override void Fail(int calls) => _lemlist.Failures = calls;

    public override void Throttle(int calls) => _lemlist.Throttles = calls;

    public override Task AddByHandAsync(string stream, string id, string field, FieldValue value, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<IReadOnlyList<string>> BreakAsync(CancellationToken cancellationToken)
    {
        _lemlist.CustomFields.Clear();
        return Task.FromResult<IReadOnlyList<string>>(["custom.colour"]);
    }
}

internal static class LemlistSamples
{
    public static IReadOnlyList<DestinationSample> Of(string? campaign) =>
    [
        new("people", WithCampaign(campaign, ("email", "ada@example.com"), ("linkedinUrl", "https://www.linkedin.com/in/ada-example"), ("firstName", "Ada"), ("lastName", "Example")), new("jobTitle", FieldValue.Of("Engineer")))
        {
            NotFoundBy = ["linkedinUrl"],
        },
        new("people", WithCampaign(campaign, ("email", "bob@example.com"), ("firstName", "Bob"), ("custom.colour", "red")), new("lastName", FieldValue.Of("Example"))),
    ];

    private static FieldSet WithCampaign(string? campaign, params (string, string)[] fields) =>
        FieldSet.Of([.. fields.Select(f => (f.Item1, (FieldValue?)FieldValue.Of(f.Item2))), ("campaign", campaign is null ? null : FieldValue.Of(campaign))]);
}
