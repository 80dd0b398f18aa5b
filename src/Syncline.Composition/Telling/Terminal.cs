using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Syncline.Composition.Telling;

/// <summary>Where a command reads and writes: data on <see cref="Out"/>, talk on <see cref="Error"/>.</summary>
internal sealed class Terminal(TextReader input, TextWriter output, TextWriter error)
{
    // Wide enough that no table breaks its lines in a pipe or a file.
    private const int PlainWidth = 240;

    // Names and signs as they are: nothing here ends up in a web page.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Somebody sits there and can be asked.</summary>
    public bool CanAsk { get; init; }

    /// <summary>What is written to <see cref="Error"/> is looked at while it is written.</summary>
    public bool IsLive { get; init; }

    /// <summary>What is written to <see cref="Out"/> goes to a screen.</summary>
    public bool IsScreen { get; init; }

    public bool HasColour { get; init; }

    public static Terminal OfProcess(Func<string, string?> variable) => new(Console.In, Console.Out, Console.Error)
    {
        CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
        IsLive = !Console.IsErrorRedirected && variable("TERM") != "dumb",
        IsScreen = !Console.IsOutputRedirected,
        HasColour = !Console.IsOutputRedirected && string.IsNullOrEmpty(variable("NO_COLOR")),
    };

    public void Say(string line) => Error.WriteLine(line);

    /// <summary>One JSON object or array on one line.</summary>
    public void Json(JsonNode node) => Out.WriteLine(node.ToJsonString(Relaxed));

    public void Show(Spectre.Console.Rendering.IRenderable thing)
    {
        IAnsiConsole console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(Out),
            Ansi = IsScreen ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = HasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!IsScreen) console.Profile.Width = PlainWidth;
        console.Write(thing);
    }

    /// <summary>True when the answer is yes.</summary>
    public bool Confirm(string question)
    {
        Error.Write($"{question} [y/N] ");
        return Input.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    private TextReader Input => input;
}
