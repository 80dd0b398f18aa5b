using System.Net.Http;
using System.Text.Json.Nodes;
using Syncline.Cli.Commands;
using Syncline.Composition.Telling;
using Syncline.Composition.Workspaces;

namespace Syncline.Cli.Tests.Invented;

/// <summary>The program in a folder of its own, with two invented providers, run in this process.</summary>
internal sealed class Rehearsal : IDisposable
{
    public const string TwoConnections = """
        connections:
          left:  { provider: lefty,  api_key: "${LEFT_KEY}" }
          right: { provider: righty, api_key: "${RIGHT_KEY}" }
        syncs:
          across: { from: [left], to: [right] }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syncline-cli-");

    public Rehearsal(string? configuration = TwoConnections)
    {
        Configuration = configuration ?? "";
        if (configuration is not null) Write("syncline.yaml", configuration);
    }

    public string Configuration { get; }

    public string Folder => _folder.FullName;

    public InventedProvider Left { get; init; } = new("lefty");

    public InventedProvider Right { get; } = new("righty");

    public Dictionary<string, string> Environment { get; } = new() { ["LEFT_KEY"] = "left-key", ["RIGHT_KEY"] = "right-key" };

    public string Answers { get; set; } = "";

    public bool CanAsk { get; set; }

    public Func<HttpMessageHandler> Http { get; set; } = () => new RefusingHttp();

    /// <summary>Happens after each line on standard output.</summary>
    public Action? WhenAnswered { get; set; }

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    public JsonNode Json => JsonNode.Parse(Out)!;

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public Task<int> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    public async Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using WatchedWriter output = new(said =>
        {
            Out = said;
            WhenAnswered?.Invoke();
        });
        using StringWriter error = new();
        Surroundings surroundings = new(() => [Left, Right])
        {
            WorkingFolder = Folder,
            Variable = name => Environment.GetValueOrDefault(name),
            Terminal = new(new StringReader(Answers), output, error) { CanAsk = CanAsk },
            Http = Http,
        };
        int code = await CommandTree.InvokeAsync(surroundings, arguments, cancellationToken);
        (Out, Error) = (output.ToString(), error.ToString());
        return code;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class WatchedWriter(Action<string> written) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            written(ToString());
        }
    }

    private sealed class RefusingHttp : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new HttpRequestException("there is no network here");
    }
}
