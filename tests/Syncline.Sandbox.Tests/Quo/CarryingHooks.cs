using System.Net;
using System.Net.Http;
using System.Text;
using Syncline.Sandbox.Quo;
using Syncline.Sandbox.Quo.Webhooks;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>Hooks over HTTP, as the served sandbox sends them.</summary>
public sealed class CarryingHooks
{
    private readonly Office _office = new();
    private readonly Porch _porch = new();
    private readonly HookCourier<QuoHook> _courier;

    public CarryingHooks()
    {
        _office.Quo.Webhooks.Trouble.PlainHttp = true;
        _courier = new(new([_office.Quo], _office.Clock), _office.Quo.Webhooks.Sender, new(_porch), _office.Clock);
    }

    [Fact]
    public async Task The_bytes_that_were_signed_are_the_bytes_that_arrive()
    {
        string key = Subscribe("http://127.0.0.1:9/hooks");
        _office.Quo.App.AddContact("Zoë ☎");
        Assert.Equal(1, await _courier.CarryAsync(TestContext.Current.CancellationToken));
        (HttpRequestMessage request, string body) = Assert.Single(_porch.Arrived);
        string id = request.Headers.GetValues("webhook-id").Single();
        Assert.Equal(HookSigning.Standard(key, id, _office.Clock.Now.ToUnixTimeSeconds(), body), request.Headers.GetValues("webhook-signature").Single());
        Assert.Equal(("POST", "http://127.0.0.1:9/hooks", "application/json"), (request.Method.Method, request.RequestUri!.ToString(), request.Content!.Headers.ContentType!.MediaType));
        Assert.Equal("success", _office.Quo.Webhooks.Deliveries.Single().Status);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, 502)]
    [InlineData(null, 0)]
    public async Task A_receiver_that_refuses_or_is_not_there_is_tried_again(HttpStatusCode? answer, int status)
    {
        Subscribe("http://localhost:9/hooks");
        _porch.Answer = answer;
        _office.Quo.App.AddContact("Ada");
        await _courier.CarryAsync(TestContext.Current.CancellationToken);
        QuoDeliveryView delivery = _office.Quo.Webhooks.Deliveries.Single();
        Assert.Equal((status, "pending", _office.Clock.Now.AddSeconds(5)), (delivery.Attempts.Single(), delivery.Status, delivery.DueAt!.Value));
    }

    [Fact]
    public async Task Nothing_leaves_this_machine()
    {
        Subscribe("https://hooks.example.com/quo");
        _office.Quo.App.AddContact("Ada");
        Assert.Equal(1, await _courier.CarryAsync(TestContext.Current.CancellationToken));
        Assert.Empty(_porch.Arrived);
        Assert.Equal([0], _office.Quo.Webhooks.Deliveries.Single().Attempts);
    }

    private string Subscribe(string url)
    {
        Reply made = _office.Post("/webhooks", $$"""{"url":"{{url}}","events":["contact.updated"]}""");
        Assert.True(made.Status == 201, made.Raw.Body);
        return ((string)made.Data["key"]!)["whsec_".Length..];
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
