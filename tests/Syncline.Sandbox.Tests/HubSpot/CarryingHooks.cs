using System.Net;
using System.Net.Http;
using System.Text;
using Syncline.Sandbox.HubSpot;
using Syncline.Sandbox.HubSpot.Webhooks;

namespace Syncline.Sandbox.Tests.HubSpot;

/// <summary>Hooks over HTTP, as the served sandbox sends them.</summary>
public sealed class CarryingHooks
{
    private const string Secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";

    private readonly Portal _portal = new();
    private readonly Porch _porch = new();
    private readonly HookCourier<HubSpotHook> _courier;

    public CarryingHooks()
    {
        _portal.Simulator.Webhooks.Trouble.DuplicateShare = 0;
        _portal.Simulator.Webhooks.Subscribe("contact.creation");
        _courier = new(new([_portal.Simulator], _portal.Clock), _portal.Simulator.Webhooks.Sender, new(_porch), _portal.Clock);
    }

    [Fact]
    public async Task The_bytes_that_were_signed_are_the_bytes_that_arrive()
    {
        await CarryAsync("http://127.0.0.1:9/hooks");
        (HttpRequestMessage request, string body) = Assert.Single(_porch.Arrived);
        Assert.Equal(HookSigning.V1(Secret, body), request.Headers.GetValues("X-HubSpot-Signature").Single());
        Assert.Equal(HookSigning.V3(Secret, "POST", "http://127.0.0.1:9/hooks", body, _portal.Clock.GetUtcNow().ToUnixTimeMilliseconds()), request.Headers.GetValues("X-HubSpot-Signature-v3").Single());
        Assert.Equal("application/json", request.Content!.Headers.ContentType!.MediaType);
        Assert.Null(_portal.Simulator.Webhooks.NextDueAt);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(null)]
    public async Task A_receiver_that_refuses_or_is_not_there_is_tried_again(HttpStatusCode? answer)
    {
        _porch.Answer = answer;
        await CarryAsync("http://localhost:9/hooks");
        Assert.InRange(_portal.Simulator.Webhooks.NextDueAt!.Value - _portal.Clock.GetUtcNow(), TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(75));
    }

    [Fact]
    public async Task Nothing_leaves_this_machine()
    {
        await CarryAsync("https://hooks.example.com/hubspot");
        Assert.Empty(_porch.Arrived);
        Assert.NotNull(_portal.Simulator.Webhooks.NextDueAt);
    }

    private async Task CarryAsync(string target)
    {
        _portal.Simulator.Webhooks.Target = new(target);
        _portal.Contact("zoë@example.com");
        _portal.Clock.Step(5);
        Assert.Equal(1, await _courier.CarryAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Where hooks arrive; without an answer nobody is there.</summary>
    private sealed class Porch : HttpMessageHandler
    {
        public List<(HttpRequestMessage Request, string Body)> Arrived { get; } = [];

        public HttpStatusCode? Answer { get; set; } = HttpStatusCode.OK;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Answer is not { } status) throw new HttpRequestException("Nobody is there.");
            Arrived.Add((request, Encoding.UTF8.GetString(await request.Content!.ReadAsByteArrayAsync(cancellationToken))));
            return new(status);
        }
    }
}
