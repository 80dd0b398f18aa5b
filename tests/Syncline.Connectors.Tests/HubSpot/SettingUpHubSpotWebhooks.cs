using Syncline.Mapping;

namespace Syncline.Connectors.Tests.HubSpot;

public sealed class SettingUpHubSpotWebhooks
{
    private static readonly Uri Address = new("https://sync.example.com/webhooks/crm");

    private readonly HubSpotFixture _hubspot = new();

    [Fact]
    public void They_are_made_by_hand_and_the_steps_name_the_address_and_what_is_read()
    {
        Connection connection = _hubspot.Open(maps => [.. maps.Select(m => m.Stream == "contacts" ? m with { Rules = [.. m.Rules, new("favourite_colour", "colour"), new("only_written", "colour") { Direction = MapDirection.Out }] } : m)]);
        Assert.Null(connection.Registrar);
        string steps = string.Join('\n', connection.ByHand!.Steps(Address));
        Assert.Contains($"{Address},", steps, StringComparison.Ordinal);
        Assert.Contains("favourite_colour", steps, StringComparison.Ordinal);
        Assert.Contains("client_secret", steps, StringComparison.Ordinal);
        foreach (string not in (string[])["only_written", "lastmodifieddate", "associations.", "fullname."]) Assert.DoesNotContain(not, steps, StringComparison.Ordinal);
    }
}
