using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Mail;
using System.Text;
using System.Text.Json.Nodes;
using Syncline.Composition.Configuration;
using Syncline.Composition.Telling;
using Syncline.Syncs;

namespace Syncline.Composition.Workspaces;

/// <summary>Tells somebody of a run that failed or left dead letters, or of a sync gone stale or adrift. Whatever goes wrong with that is said and changes nothing.</summary>
internal sealed class Alarm(Workspace workspace, Terminal terminal)
{
    // With each way by itself: one that hangs keeps none of the others from being gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task RaiseAsync(RunRow run, CancellationToken cancellationToken)
    {
        if (Alert.Of(run, workspace.ConfigurationOrNone.Alert.FailureRate) is { } alert) await RaiseAsync(alert, cancellationToken);
    }

    public async Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
    {
        AlertConfiguration ways = workspace.ConfigurationOrNone.Alert;
        if (ways.Command is { } command) await TryAsync("command", token => RunAsync(command, alert, token), cancellationToken);
        if (ways.Webhook is { } webhook) await TryAsync("webhook", token => PostAsync(webhook, alert.Json, token), cancellationToken);
        if (ways.Slack is { } slack) await TryAsync("slack message", token => PostAsync(slack, new JsonObject { ["text"] = alert.Sentence }, token), cancellationToken);
        if (ways.Mail is { } mail) await TryAsync("mail", token => new Letter(mail, workspace.Variables).SendAsync(alert, token), cancellationToken);
    }

    private async Task TryAsync(string what, Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Patience, workspace.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await send(either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            terminal.Say($"The alert {what} failed: it was not over after {Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception failure) when (failure is HttpRequestException or SmtpException or FormatException or IOException or Win32Exception or InvalidOperationException or AggregateException or OperationCanceledException)
        {
            terminal.Say($"The alert {what} failed: {failure.Message}");
        }
    }

    private static async Task RunAsync(string command, Alert alert, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = OperatingSystem.IsWindows() ? new("cmd.exe", ["/c", command]) : new("/bin/sh", ["-c", command]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["SYNCLINE_SYNC"] = alert.Sync;
        start.Environment["SYNCLINE_STATE"] = alert.State;
        start.Environment["SYNCLINE_RUN"] = alert.Run.ToString(CultureInfo.InvariantCulture);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("it could not be started.");
        try
        {
            // Both ends are read to their end: a command that writes much would stand still otherwise.
            Task<string>[] said = [process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken)];
            await FeedAsync(process, alert.Json.ToJsonString(), cancellationToken);
            await Task.WhenAll(said);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0) throw new InvalidOperationException($"it ended with exit code {process.ExitCode}. {(await said[1]).Trim()}");
        }
        finally
        {
            // Nobody waits for it any more: each alert would leave another one behind.
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A command may well end without reading what it is given.</summary>
    private static async Task FeedAsync(Process process, string json, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(json.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The pipe is closed: the exit code says whether the command was content.
        }
    }

    private async Task PostAsync(string webhook, JsonObject json, CancellationToken cancellationToken)
    {
        Uri address = AddressOf(workspace.Variables.Expand(webhook) ?? throw new InvalidOperationException("a variable in its address is not set."));
        using HttpRequestMessage request = new(HttpMethod.Post, address);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using HttpResponseMessage response = await workspace.Http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"it answered {(int)response.StatusCode}.");
    }

    // What stands there is not repeated: such addresses often carry their key.
    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == "https" || address.Scheme == "http") ? address : throw new InvalidOperationException("its address is no http address.");
}
