using System.Text;

namespace Syncline.Server.Runs;

/// <summary>Hands what is written on line by line.</summary>
internal sealed class LineWriter(Action<string> take) : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        string? whole = null;
        lock (_gate)
        {
            if (value == '\n') (whole, _) = (_line.ToString(), _line.Clear());
            else if (value != '\r') _line.Append(value);
        }
        if (whole is { Length: > 0 }) take(whole);
    }
}
