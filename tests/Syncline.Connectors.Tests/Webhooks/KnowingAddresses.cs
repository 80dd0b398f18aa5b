using Syncline.Connectors.Http;

namespace Syncline.Connectors.Tests.Webhooks;

public sealed class KnowingAddresses
{
    [Theory]
    [InlineData("https://sync.example.com/webhooks/crm", "")]
    [InlineData("https://SYNC.example.com:443/webhooks/crm/", "")]
    [InlineData("https://sync.example.com/webhooks/crm?x=1", "")]
    [InlineData("https://sync.example.com/webhooks/crm/abc", "abc")]
    [InlineData("https://sync.example.com/webhooks/crm/a%2Fb", "a/b")]
    [InlineData("https://sync.example.com/webhooks/crm/abc/d", null)]
    [InlineData("https://sync.example.com/webhooks/crm2", null)]
    [InlineData("https://sync.example.com/webhooks/CRM", null)]
    [InlineData("https://sync.example.com/webhooks", null)]
    [InlineData("https://sync.example.com:8443/webhooks/crm", null)]
    [InlineData("http://sync.example.com/webhooks/crm", null)]
    [InlineData("https://sync.example.com.example.org/webhooks/crm", null)]
    [InlineData("not an address", null)]
    [InlineData(null, null)]
    public void What_stands_behind_a_connection_s_own(string? target, string? behind)
    {
        Assert.Equal(behind, new HookAddress(new("https://sync.example.com/webhooks/crm")).Behind(target));
        Assert.Equal(behind, new HookAddress(new("https://sync.example.com/webhooks/crm/")).Behind(target));
    }

    [Fact]
    public void A_secret_is_its_last_segment()
    {
        HookAddress address = new(new("https://sync.example.com/webhooks/crm/"));
        Assert.Equal("https://sync.example.com/webhooks/crm/a%2Fb", address.With("a/b").AbsoluteUri);
        Assert.Equal("a/b", address.Behind(address.With("a/b").AbsoluteUri));
    }
}
