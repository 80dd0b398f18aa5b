using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text;
using Syncline.Server.Tests.Served;

namespace Syncline.Server.Tests.Operations;

public sealed class SendingTelemetry
{
    [Fact]
    public async Task Runs_and_requests_reach_a_collector_and_no_person_does()
    {
        using HttpListener collector = new();
        string address = Listen(collector);
        Dictionary<string, StringBuilder> received = [];
        Task collecting = CollectAsync(collector, received);
        await using (ServedFolder served = await ServedFolder.StartAsync(people: 2, environment: new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address }))
        {
            await served.LimitAsync("heyreach", "{ calls: 1000/min }");
            HttpClient client = await served.ClientAsync("operator");
            HttpResponseMessage begun = await client.PostAsJsonAsync("/api/v1/syncs/linkedin-to-attio/runs", new { }, TestContext.Current.CancellationToken);
            await client.FollowAsync((string)(await begun.JsonAsync())["id"]!);
            await client.GetAsync("/api/v1/contacts/ada@example.com", TestContext.Current.CancellationToken);
        }
        collector.Stop();
        await collecting;
        string metrics = received["/v1/metrics"].ToString();
        Assert.Contains("syncline.runs", metrics, StringComparison.Ordinal);
        Assert.Contains("syncline.limit.use", metrics, StringComparison.Ordinal);
        Assert.Contains("linkedin-to-attio", metrics, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet.process.memory.working_set", metrics, StringComparison.Ordinal);
        Assert.NotEmpty(received["/v1/traces"].ToString());
        Assert.DoesNotContain("/v2/objects", received["/v1/traces"].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("@example.com", metrics + received["/v1/traces"], StringComparison.Ordinal);
    }

    private static string Listen(HttpListener collector)
    {
        // A port that was free a moment ago: this listener cannot choose one itself.
        using System.Net.Sockets.TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        return $"http://127.0.0.1:{port}";
    }

    private static async Task CollectAsync(HttpListener collector, Dictionary<string, StringBuilder> received)
    {
        while (true)
        {
            HttpListenerContext request;
            try
            {
                request = await collector.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using StreamReader body = new(request.Request.InputStream, Encoding.Latin1);
            string path = request.Request.Url!.AbsolutePath;
            (received.TryGetValue(path, out StringBuilder? all) ? all : received[path] = new()).Append(await body.ReadToEndAsync());
            request.Response.StatusCode = 200;
            request.Response.Close();
        }
    }
}
