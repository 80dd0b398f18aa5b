using System.Net.Http;
using Syncline.Cli.Tests.Invented;

namespace Syncline.Cli.Tests.Commands;

public sealed class Alerts : IDisposable
{
    private readonly Rehearsal _here = new(Rehearsal.TwoConnections + """

        alert:
          command: 'cat > told.json; echo "$SYNCLINE_SYNC $SYNCLINE_STATE $SYNCLINE_RUN" > told.txt'
          webhook: "https://hooks.example.com/${HOOK}"
        """);

    private readonly RecordingHttp _http = new();

    public Alerts()
    {
        _here.Environment["HOOK"] = "abc";
        _here.Http = () => _http;
        _here.Left.With("a", "ada@example.com");
        _here.Write("syncline.yaml", File.ReadAllText(_here.PathOf("syncline.yaml")).Replace("told.", _here.PathOf("told."), StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _here.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task Dead_letters_are_told_to_the_command_and_the_webhook()
    {
        _here.Right.Refuses = "ada@example.com";
        Assert.Equal(3, await _here.RunAsync("run"));
        Assert.Equal("across done-with-dead-letters 1\n", await File.ReadAllTextAsync(_here.PathOf("told.txt")));
        Assert.Contains("\"deadLetters\":1", await File.ReadAllTextAsync(_here.PathOf("told.json")), StringComparison.Ordinal);
        Assert.Equal("https://hooks.example.com/abc", _http.Address);
        Assert.Contains("\"sync\":\"across\"", _http.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_key_is_not_there_is_told_though_it_left_no_row()
    {
        _here.Environment.Remove("RIGHT_KEY");
        Assert.Equal(2, await _here.RunAsync("run"));
        Assert.Equal("across failed 0\n", await File.ReadAllTextAsync(_here.PathOf("told.txt")));
        Assert.Contains("RIGHT_KEY", _http.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_run_disturbs_nobody()
    {
        Assert.Equal(0, await _here.RunAsync("run"));
        Assert.False(File.Exists(_here.PathOf("told.txt")));
        Assert.Null(_http.Address);
    }

    [Fact]
    public async Task An_alert_that_fails_only_warns()
    {
        _here.Right.Refuses = "ada@example.com";
        _http.Status = 500;
        Assert.Equal(3, await _here.RunAsync("run"));
        Assert.Contains("The alert webhook failed", _here.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:8080/hook")]
    [InlineData("ftp://hooks.example.com/x")]
    [InlineData("no address at all")]
    public async Task An_address_that_is_none_only_warns_and_is_not_shown(string address)
    {
        _here.Write("syncline.yaml", Rehearsal.TwoConnections + $"\nalert: {{ webhook: '{address}?token=secret' }}\n");
        _here.Http = () => new SocketsHttpHandler();
        _here.Right.Refuses = "ada@example.com";
        Assert.Equal(3, await _here.RunAsync("run"));
        Assert.Contains("The alert webhook failed", _here.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _here.Error, StringComparison.Ordinal);
    }

    private sealed class RecordingHttp : HttpMessageHandler
    {
        public int Status { get; set; } = 200;

        public string? Address { get; private set; }

        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Address = request.RequestUri!.ToString();
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            return new((System.Net.HttpStatusCode)Status);
        }
    }
}
