using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Hosting;

public sealed class StartingAServer
{
    [Theory]
    [InlineData("out of range", "--port", "70000")]
    [InlineData("no address", "--listen", "everywhere")]
    [InlineData("no web address", "--public-url", "syncline.example.com")]
    [InlineData("no web address", "--public-url", "file:///srv/syncline")]
    [InlineData("--behind-proxy", "--listen", "0.0.0.0")]
    [InlineData("already", "--port", "0")]
    public async Task What_cannot_be_served_is_told_and_nothing_listens(string told, params string[] options)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        (int code, string said) = await served.CommandAsync(["serve", .. options]);
        Assert.Equal(2, code);
        Assert.Contains(told, said, StringComparison.Ordinal);
    }
}
