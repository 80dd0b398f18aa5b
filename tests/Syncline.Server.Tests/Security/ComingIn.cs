using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Syncline.Composition.Telling;
using Syncline.Server.Hosting;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Security;

public sealed class ComingIn
{
    // What anybody may ask for: signing in, the choice of language, whether the process is well, and what providers send.
    private static readonly string[] Open = ["/sign-in", "/sign-in/password", "/sign-in/link", "/sign-out", "/language", "/theme", "/health", "/ready", "/not-found"];

    [Fact]
    public async Task Every_address_but_the_open_ones_asks_who_is_there()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient nobody = await served.ClientAsync(null);
        RouteEndpoint[] endpoints = [.. served.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
        Assert.True(endpoints.Length > 20);
        foreach (RouteEndpoint endpoint in endpoints.Where(e => !IsOpen(e)))
        {
            string method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "GET";
            using HttpRequestMessage request = new(new(method), PathOf(endpoint));
            using HttpResponseMessage answer = await nobody.SendAsync(request, TestContext.Current.CancellationToken);
            bool isShownTheDoor = answer.StatusCode == HttpStatusCode.Unauthorized || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal));
            Assert.True(isShownTheDoor, $"{method} {PathOf(endpoint)} answered {(int)answer.StatusCode}.");
        }
    }

    [Theory]
    [InlineData("viewer", "/api/v1/syncs/linkedin-to-attio/runs")]
    [InlineData("viewer", "/api/v1/runs/live/none/cancel")]
    public async Task A_role_that_is_too_small_is_refused(string role, string path)
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient client = await served.ClientAsync(role);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsJsonAsync(path, new { }, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_forged_token_is_nobody()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient client = await served.ClientAsync(null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "syncline_forged");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/syncs", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_link_works_once()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient client = await served.ClientAsync(null);
        Uri link = served.Server.CreateSignInLink();
        HttpResponseMessage first = await client.GetAsync(link, TestContext.Current.CancellationToken), second = await client.GetAsync(link, TestContext.Current.CancellationToken);
        Assert.Equal("/", first.Headers.Location!.ToString());
        Assert.Contains("wrong=link", second.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.7")]
    public async Task A_public_address_without_TLS_is_refused(string address)
    {
        UsageException refused = Assert.Throws<UsageException>(() => Listening.Check(new() { Address = IPAddress.Parse(address) }));
        Assert.Contains("--behind-proxy", refused.Hint, StringComparison.Ordinal);
        Listening.Check(new() { Address = IPAddress.Parse(address), IsBehindProxy = true });
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Every_answer_tells_the_browser_what_it_may_not_do()
    {
        await using ServedFolder served = await ServedFolder.StartAsync(people: 1);
        HttpClient client = await served.ClientAsync(null);
        foreach (string path in new[] { "/sign-in", "/health", "/app.css", "/api/v1/syncs", "/nowhere" })
        {
            HttpResponseMessage answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        }
    }

    private static bool IsOpen(RouteEndpoint endpoint) => Open.Contains(PathOf(endpoint).TrimEnd('/')) || PathOf(endpoint).StartsWith("/webhooks/", StringComparison.Ordinal);

    private static string PathOf(RouteEndpoint endpoint) =>
        "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => parameter.ParameterPolicies.Any(p => p.Content == "long") ? "1" : "x",
            _ => "x",
        }))));
}
