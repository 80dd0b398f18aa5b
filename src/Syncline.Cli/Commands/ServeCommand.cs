using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Syncline.Composition.Telling;
using Syncline.Server.Hosting;

namespace Syncline.Cli.Commands;

/// <summary><c>syncline serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandHost host)
    {
        Option<int> port = new("--port") { Description = "The port to listen on; 0 takes any free one.", DefaultValueFactory = _ => ServeOptions.UsualPort, HelpName = "N" };
        Option<string?> listen = new("--listen") { Description = "The address to listen on; this machine alone when left out. Any other needs a certificate or --behind-proxy.", HelpName = "ADDRESS" };
        Option<bool> behindProxy = new("--behind-proxy") { Description = "A reverse proxy in front ends TLS and sets X-Forwarded-For and X-Forwarded-Proto." };
        Option<string?> certificate = new("--certificate") { Description = "A PEM file with the certificate and its chain.", HelpName = "FILE" };
        Option<string?> key = new("--certificate-key") { Description = "The PEM file of the certificate's key.", HelpName = "FILE" };
        Option<string?> publicUrl = new("--public-url") { Description = "Where the world reaches this server, for providers' webhooks.", HelpName = "URL" };
        Option<bool> still = new("--no-schedules") { Description = "Start no run by itself." };
        ExampledCommand command = new(
            "serve", "Serve the dashboard, the API and webhooks, and run syncs by their schedules.",
            "syncline serve",
            "syncline serve --port 8080 --no-schedules",
            "syncline serve --listen 0.0.0.0 --behind-proxy --public-url https://syncline.example.com") { port, listen, behindProxy, certificate, key, publicUrl, still };
        host.On(command, async (session, cancellationToken) =>
        {
            if (session.Parsed.GetValue(port) is < 0 or > 65_535) throw new UsageException("--port is out of range.", "Give a port from 0 to 65535; 0 takes any free one.");
            ServeOptions options = new()
            {
                Address = AddressOf(session.Parsed.GetValue(listen)),
                Port = session.Parsed.GetValue(port),
                IsBehindProxy = session.Parsed.GetValue(behindProxy),
                Certificate = PathOf(session, certificate),
                CertificateKey = PathOf(session, key),
                PublicUrl = CommandHost.PublicUrlOf(session.Parsed.GetValue(publicUrl)),
                RunsSchedules = !session.Parsed.GetValue(still),
            };
            await using SynclineServer server = await SynclineServer.StartAsync(session.Surroundings, session.Parsed.GetValue(host.Config), session.Parsed.GetValue(host.Data), options, cancellationToken);
            Tell(session, server, options);
            await Stopped(cancellationToken);
            session.Terminal.Say("Stopping: runs end their page first.");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(Session session, SynclineServer server, ServeOptions options)
    {
        Uri link = server.CreateSignInLink(options.PublicUrl);
        if (session.IsJson)
        {
            session.Terminal.Json(new JsonObject { ["address"] = server.Address.ToString(), ["signIn"] = link.ToString() });
            return;
        }
        session.Terminal.Out.WriteLine($"Syncline is at {server.Address}");
        session.Terminal.Out.WriteLine($"Sign in, once and within half an hour, with {link}");
        session.Terminal.Say("Ctrl+C stops it.");
    }

    private static IPAddress AddressOf(string? text) => text switch
    {
        null or "localhost" => IPAddress.Loopback,
        "*" => IPAddress.IPv6Any,
        _ => IPAddress.TryParse(text, out IPAddress? address) ? address : throw new UsageException($"'{text}' is no address to listen on.", "Give an IP address, as 127.0.0.1, 0.0.0.0 or ::."),
    };

    private static string? PathOf(Session session, Option<string?> option) =>
        session.Parsed.GetValue(option) is { } file ? Path.GetFullPath(Path.Combine(session.Surroundings.WorkingFolder, file)) : null;

    private static async Task Stopped(CancellationToken cancellationToken)
    {
        TaskCompletionSource stopped = new();
        await using CancellationTokenRegistration registration = cancellationToken.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }
}
