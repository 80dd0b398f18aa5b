using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Commands;

public sealed class ServingTheSandbox
{
    [Fact]
    public async Task It_tells_its_addresses_and_keys_and_ends_when_it_is_stopped()
    {
        using Rehearsal here = new(configuration: null);
        using CancellationTokenSource stop = new();
        here.WhenAnswered = stop.Cancel;
        Assert.Equal(0, await here.RunAsync(stop.Token, "sandbox", "--port", "0", "--people", "3", "--bare", "--json"));
        Assert.EndsWith("/heyreach/api/public", (string?)here.Json["heyreach"]!["baseUrl"], StringComparison.Ordinal);
        Assert.EndsWith("/quo", (string?)here.Json["quo"]!["baseUrl"], StringComparison.Ordinal);
        Assert.EndsWith("/hubspot", (string?)here.Json["hubspot"]!["baseUrl"], StringComparison.Ordinal);
        Assert.Equal(64, ((string?)here.Json["attio"]!["apiKey"])!.Length);
    }
}
