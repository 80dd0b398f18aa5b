using System.Net.Http;
using System.Net.Http.Json;
using Syncline.Sandbox.Faults;
using Syncline.Sandbox.Hosting;

namespace Syncline.Sandbox.Tests.Hosting;

public sealed class CallingInProcess
{
    private readonly ParcelSimulator _parcels = new();
    private readonly HandClock _clock = new();
    private readonly SandboxGate _gate;

    public CallingInProcess() => _gate = new([_parcels], _clock);

    [Fact]
    public void Without_a_delay_the_answer_is_there_at_once()
    {
        Task<HttpResponseMessage> answer = Client().PostAsJsonAsync("v2/things", new { name = "Zoë" });

        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal("""{"name":"Zo\u00EB"}""", _parcels.Seen[0].Body);
    }

    [Fact]
    public async Task A_delay_ends_on_the_thread_that_moves_the_clock()
    {
        _gate.Latency = TimeSpan.FromSeconds(3);
        Task<int> thread = ThreadOfTheAnswer();

        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(thread.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(thread.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, await thread);
    }

    [Fact]
    public async Task A_cut_connection_throws_what_a_socket_throws()
    {
        _gate.Faults = new RandomFaults(1, share: 1, [Fault.ResetAfter]);

        HttpRequestException cut = await Assert.ThrowsAsync<HttpRequestException>(() => Client().PostAsync("v2/things", new StringContent("x")));

        Assert.Equal(HttpRequestError.ResponseEnded, cut.HttpRequestError);
        Assert.IsAssignableFrom<IOException>(cut.InnerException);
        Assert.Single(_parcels.Seen);
    }

    [Fact]
    public async Task A_cancelled_wait_is_cancelled()
    {
        _gate.Latency = TimeSpan.FromSeconds(3);
        using CancellationTokenSource source = new();
        Task<HttpResponseMessage> answer = Client().GetAsync("v2/things", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_cancelled_request_never_arrives()
    {
        using HttpMessageInvoker invoker = new(new SandboxHandler(_gate, "parcels", _clock));
        HttpRequestMessage request = new(HttpMethod.Get, "http://sandbox.example.com/v2");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invoker.SendAsync(request, new CancellationToken(canceled: true)));
        Assert.Empty(_parcels.Seen);
    }

    [Theory]
    [InlineData("/base", "/base/v2/a%2Fb", "/v2/a%2Fb")]
    [InlineData("/base/", "/base", "/")]
    [InlineData("/base", "/basement/v2", "/basement/v2")]
    [InlineData("", "/base/v2", "/base/v2")]
    public async Task The_base_is_removed_in_whole_segments(string strip, string path, string seen)
    {
        await Client(strip).GetAsync(new Uri("http://sandbox.example.com" + path + "?q=%3F1"));
        Assert.Equal((seen, "q=%3F1"), (_parcels.Seen[0].Path, _parcels.Seen[0].Query));
    }

    [Fact]
    public async Task Both_ways_in_show_the_simulator_the_same_request()
    {
        await using ServedSandbox served = await ServedSandbox.StartAsync();
        static HttpRequestMessage Request(string uri)
        {
            HttpRequestMessage request = new(HttpMethod.Put, uri) { Content = new StringContent("{}", null, "application/json") };
            request.Headers.Add("Authorization", "Bearer invented");
            request.Headers.Add("User-Agent", "tests/1.0 (invented)");
            return request;
        }

        await served.Client.SendAsync(Request($"{served.Address}parcels/v2/x%20y?a=b%20c"));
        await Client("/parcels").SendAsync(Request($"{served.Address}parcels/v2/x%20y?a=b%20c"));

        (SandboxRequest socket, SandboxRequest inside) = (served.Parcels.Seen[0], _parcels.Seen[0]);
        Assert.Equal((socket.Method, socket.Path, socket.Query, socket.Body), (inside.Method, inside.Path, inside.Query, inside.Body));
        Assert.Equal(socket.Headers.OrderBy(h => h.Key), inside.Headers.OrderBy(h => h.Key));
    }

    [Fact]
    public async Task Both_ways_in_show_the_client_the_same_answer()
    {
        await using ServedSandbox served = await ServedSandbox.StartAsync();
        served.Parcels.Answers = _parcels.Answers = _ => new(503, "später", ContentType: null) { Headers = new Dictionary<string, string> { ["Retry-After"] = "3", ["Last-Modified"] = "Mon, 02 Mar 2026 08:00:00 GMT" } };

        HttpResponseMessage socket = await served.Client.GetAsync("parcels/v2");
        HttpResponseMessage inside = await Client().GetAsync("v2");

        Assert.Equal(socket.StatusCode, inside.StatusCode);
        Assert.Equal(socket.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(',', h.Value)}"), inside.Headers.Select(h => $"{h.Key}: {string.Join(',', h.Value)}"));
        Assert.Equal(socket.Content.Headers.Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order(), inside.Content.Headers.Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order());
        Assert.Equal(await socket.Content.ReadAsByteArrayAsync(), await inside.Content.ReadAsByteArrayAsync());
    }

    private async Task<int> ThreadOfTheAnswer()
    {
        await Client().GetAsync("v2/things");
        return Environment.CurrentManagedThreadId;
    }

    private HttpClient Client(string strip = "") => new(new SandboxHandler(_gate, "parcels", _clock, strip)) { BaseAddress = new("http://sandbox.example.com/") };
}
