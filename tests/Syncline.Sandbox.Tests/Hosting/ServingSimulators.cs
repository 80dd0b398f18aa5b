using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using Syncline.Sandbox.Faults;
using Syncline.Sandbox.Hosting;

namespace Syncline.Sandbox.Tests.Hosting;

public sealed class ServingSimulators
{
    [Fact]
    public async Task A_request_reaches_its_simulator_as_it_was_sent()
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();
        HttpRequestMessage request = new(HttpMethod.Post, "parcels/v2/a%2Fb%20c?q=x%26y&q=2") { Content = new StringContent("{\"name\":\"Zoë 🚚\"}") };
        request.Headers.Add("X-Mixed-Case", ["one", "two"]);

        await sandbox.Client.SendAsync(request);

        SandboxRequest seen = Assert.Single(sandbox.Parcels.Seen);
        Assert.Equal(("POST", "/v2/a%2Fb%20c", "q=x%26y&q=2", "{\"name\":\"Zoë 🚚\"}"), (seen.Method, seen.Path, seen.Query, seen.Body));
        Assert.Equal("one, two", seen.Header("x-mixed-case"));
    }

    [Fact]
    public async Task An_answer_reaches_the_client_as_the_simulator_gave_it()
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();
        sandbox.Parcels.Answers = _ => new(429, "später", "text/plain") { Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } };

        HttpResponseMessage answer = await sandbox.Client.GetAsync("parcels/x");

        Assert.Equal((429, "text/plain", TimeSpan.FromSeconds(7)), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), answer.Headers.RetryAfter?.Delta));
        Assert.Equal(Encoding.UTF8.GetBytes("später"), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task No_content_type_means_no_header()
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();
        sandbox.Parcels.Answers = _ => new(200, "bare", ContentType: null);

        HttpResponseMessage answer = await sandbox.Client.GetAsync("parcels/x");

        Assert.Null(answer.Content.Headers.ContentType);
        Assert.Equal("bare", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task A_status_that_has_no_body_sends_none(int status)
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();
        sandbox.Parcels.Answers = _ => new(status, "left out");

        HttpResponseMessage answer = await sandbox.Client.GetAsync("parcels/x");

        Assert.Equal((status, ""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("HEAD", "")]
    [InlineData("OPTIONS", """{"method":"OPTIONS","path":"/v2"}""")]
    [InlineData("PATCH", """{"method":"PATCH","path":"/v2"}""")]
    public async Task Every_method_is_the_simulators_to_answer(string method, string body)
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();

        HttpResponseMessage answer = await sandbox.SendAsync(method, "parcels/v2");

        Assert.Equal((method, body), (Assert.Single(sandbox.Parcels.Seen).Method, await answer.Content.ReadAsStringAsync()));
        Assert.True(answer.Content.Headers.ContentLength > 0);
    }

    [Theory]
    [InlineData("parcels")]
    [InlineData("parcels/")]
    public async Task The_base_itself_is_the_simulators_root(string path)
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();
        await sandbox.Client.GetAsync(path);
        Assert.Equal("/", Assert.Single(sandbox.Parcels.Seen).Path);
    }

    [Fact]
    public async Task A_path_of_nobody_is_a_404_that_names_the_providers()
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();

        HttpResponseMessage answer = await sandbox.Client.GetAsync("letters/v1");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("/parcels/", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(sandbox.Gate.Ledger.Entries);
    }

    [Fact]
    public async Task A_cut_connection_is_an_exception_at_the_client_after_the_effect()
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();
        sandbox.Gate.Faults = new RandomFaults(1, share: 1, [Fault.ResetAfter]);

        HttpRequestException cut = await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.SendAsync("POST", "parcels/v2", "x"));

        Assert.IsAssignableFrom<IOException>(cut.InnerException);
        Assert.Single(sandbox.Parcels.Seen);
    }

    [Fact]
    public async Task A_slow_answer_waits_for_the_sandboxs_clock()
    {
        HandClock clock = new();
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync(clock);
        sandbox.Gate.Latency = TimeSpan.FromMinutes(5);

        Task<HttpResponseMessage> answer = sandbox.Client.GetAsync("parcels/v2");
        await clock.SomebodyWaits;
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
    }

    [Fact]
    public async Task A_simulator_that_throws_is_a_500_with_the_reason()
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();
        sandbox.Parcels.Answers = _ => throw new NotSupportedException("no parcels on Sundays");

        HttpResponseMessage answer = await sandbox.Client.GetAsync("parcels/v2");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("no parcels on Sundays", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_body_arrives_whole_in_both_directions()
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();
        string large = string.Concat(Enumerable.Repeat("ä1", 500_000));
        sandbox.Parcels.Answers = request => new(200, request.Body);

        HttpResponseMessage answer = await sandbox.SendAsync("POST", "parcels/v2", large);

        Assert.Equal(large, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_absolute_target_is_taken_for_its_path()
    {
        await using ServedSandbox sandbox = await ServedSandbox.StartAsync();
        using TcpClient socket = new();
        await socket.ConnectAsync(IPAddress.Loopback, sandbox.Address.Port);
        string host = sandbox.Address.Authority;

        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET http://{host}/parcels/v2?a=1 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        string answer = await new StreamReader(socket.GetStream()).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Equal(("/v2", "a=1"), (sandbox.Parcels.Seen[0].Path, sandbox.Parcels.Seen[0].Query));
    }
}

public sealed class BindingTheSandbox
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.7")]
    [InlineData("::")]
    public async Task Only_loopback_addresses_are_bound(string address)
    {
        SandboxServerOptions options = new() { Bind = IPAddress.Parse(address) };
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(options));
        Assert.Contains($"loopback addresses only (127.0.0.1, ::1); {address}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_an_error_that_names_it()
    {
        await using SandboxServer first = await StartAsync(new());
        IOException taken = await Assert.ThrowsAsync<IOException>(() => StartAsync(new() { Port = first.Address.Port }));
        Assert.Contains($"{first.Address.Port}", taken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_carries_the_port_that_was_free()
    {
        await using SandboxServer server = await StartAsync(new());
        Assert.Equal(("127.0.0.1", "/"), (server.Address.Host, server.Address.AbsolutePath));
        Assert.NotEqual(0, server.Address.Port);
    }

    [Fact]
    public async Task A_stopped_sandbox_cuts_the_requests_it_still_delays()
    {
        HandClock clock = new();
        ServedSandbox sandbox = await ServedSandbox.StartAsync(clock);
        sandbox.Gate.Latency = TimeSpan.FromHours(1);
        using HttpClient client = new() { BaseAddress = sandbox.Address };

        Task<HttpResponseMessage> answer = client.GetAsync("parcels/v2");
        await clock.SomebodyWaits;
        await sandbox.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
    }

    private static Task<SandboxServer> StartAsync(SandboxServerOptions options) =>
        SandboxServer.StartAsync(new([new ParcelSimulator()], TimeProvider.System), options, TestContext.Current.CancellationToken);
}
