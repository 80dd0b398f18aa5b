using System.Net;
using System.Net.Http;
using Syncline.Connectors.Http;
using Syncline.Limits;

namespace Syncline.Connectors.Tests.Http;

public sealed class BoundingCallsUnderWay
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_calls_are_under_way_than_are_allowed_and_the_first_to_come_is_the_first_to_go()
    {
        Holding network = new();
        ProviderHttp http = Over(network, 2);
        Task<ProviderAnswer>[] calls = [.. Enumerable.Range(0, 5).Select(i => http.SendAsync(Call(i), Token))];
        Assert.Equal(["/0", "/1"], network.Arrived);
        network.Answer(1);
        Assert.Equal(["/0", "/1", "/2"], network.Arrived);
        for (int i = 0; i < 5; i++) network.Answer(i);
        Assert.All(await Task.WhenAll(calls), a => Assert.Equal(200, a.Status));
    }

    [Fact]
    public async Task One_that_is_given_up_while_it_waits_takes_nobodys_place()
    {
        Holding network = new();
        ProviderHttp http = Over(network, 1);
        Task<ProviderAnswer> first = http.SendAsync(Call(0), Token);
        using CancellationTokenSource stop = new();
        Task<ProviderAnswer> givenUp = http.SendAsync(Call(1), stop.Token);
        Task<ProviderAnswer> third = http.SendAsync(Call(2), Token);
        await stop.CancelAsync();
        network.Answer(0);
        network.Answer(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        Assert.Equal((200, 200), ((await first).Status, (await third).Status));
        Assert.Equal(["/0", "/2"], network.Arrived);
    }

    [Fact]
    public void Without_a_bound_all_leave_at_once()
    {
        Holding network = new();
        ProviderHttp http = Over(network, null);
        for (int i = 0; i < 5; i++) _ = http.SendAsync(Call(i), Token);
        Assert.Equal(5, network.Arrived.Count);
    }

    private static ProviderHttp Over(Holding network, int? concurrency) =>
        new(new HttpMessageInvoker(network), new Uri("http://127.0.0.1/"), CallPermits.Unlimited(), TimeProvider.System, _ => { }, concurrency);

    private static ProviderCall Call(int number) => new("test.things.get", HttpMethod.Get, number.ToString(System.Globalization.CultureInfo.InvariantCulture), "calls") { IsIdempotent = true };

    /// <summary>A network that answers each request when it is told to.</summary>
    private sealed class Holding : HttpMessageHandler
    {
        private readonly List<TaskCompletionSource<HttpResponseMessage>> _answers = [];

        public List<string> Arrived { get; } = [];

        public void Answer(int arrival) => _answers[arrival].TrySetResult(new(HttpStatusCode.OK) { Content = new ByteArrayContent([]) });

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Arrived.Add(request.RequestUri!.AbsolutePath);
            _answers.Add(new());
            return _answers[^1].Task;
        }
    }
}
