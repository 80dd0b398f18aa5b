using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Syncline.Server.Hosting;

namespace Syncline.Server.Operations;

/// <summary>Sends metrics and traces to an OpenTelemetry collector, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.</summary>
/// <remarks>The exporter reads the standard's other variables (protocol, headers, interval) by itself. Nothing is sent, and nothing listens, without the endpoint.</remarks>
internal sealed class Telemetry(Premises premises, Measurements measurements) : IHostedService, IDisposable
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private MeterProvider? _meters;
    private TracerProvider? _traces;

    /// <summary>Kept alive with this: counting begins with the server.</summary>
    public Measurements Measurements { get; } = measurements;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (premises.Surroundings.Variable(Endpoint) is not { Length: > 0 } address) return Task.CompletedTask;
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService("syncline", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString());
        _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(Measurements.Name, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime", "Quartz")
            .AddOtlpExporter((exporter, reader) => (exporter.Endpoint, exporter.Protocol) = (new(new Uri(address.TrimEnd('/') + "/"), "v1/metrics"), OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf)).Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Quartz").AddProcessor(new WithoutAddresses())
            .AddOtlpExporter(exporter => (exporter.Endpoint, exporter.Protocol) = (new(new Uri(address.TrimEnd('/') + "/"), "v1/traces"), OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf)).Build();
        return Task.CompletedTask;
    }

    /// <summary>What is still to be sent goes now.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _meters?.Dispose();
        _traces?.Dispose();
        (_meters, _traces) = (null, null);
    }

    /// <summary>Some providers' addresses name a person by his e-mail; which host was called, and how it answered, is enough.</summary>
    private sealed class WithoutAddresses : BaseProcessor<Activity>
    {
        private static readonly string[] Addresses = ["url.full", "url.path", "url.query"];

        public override void OnEnd(Activity data)
        {
            foreach (string name in Addresses) data.SetTag(name, null);
        }
    }
}
