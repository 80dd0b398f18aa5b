using Syncline.Limits;

namespace Syncline.Cli.Tests.Configuration;

public sealed class OwnLimits
{
    [Fact]
    public void They_replace_the_published_ones_of_their_name_and_leave_the_others()
    {
        Governor governor = new(TimeProvider.System, new LocalRateLedger());
        governor.Limit("attio", [new("writes", 5, TimeSpan.FromSeconds(1)), new("unknown", 1, TimeSpan.FromSeconds(1))]);
        CallPermits permits = governor.For("attio", [new("reads", 100, TimeSpan.FromSeconds(1)), new("writes", 25, TimeSpan.FromSeconds(1))], Priority.Manual);
        Assert.Equal((100, 5, null), (permits.RateOf("reads"), permits.RateOf("writes"), permits.RateOf("unknown")));
    }
}
