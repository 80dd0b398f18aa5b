using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Syncline.Sandbox.Hosting.Pages;

/// <summary>A piece of markup. It comes from an interpolated string only, whose holes are encoded unless they are markup themselves.</summary>
/// <remarks>So text cannot become markup by oversight: there is no way in for a plain string but <see cref="Trusted"/>, which takes the page's own style and script.</remarks>
internal readonly struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    public static Html Of(Piece piece) => new(piece.ToString());

    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> render) => new(string.Concat(items.Select(item => render(item).ToString())));

    /// <summary>For constants of this program.</summary>
    public static Html Trusted(string constant) => new(constant);

    public override string ToString() => _text ?? "";

    [InterpolatedStringHandler]
    internal readonly struct Piece
    {
        // Letters of every script stay as they are; what HTML, attributes or scripts could take for markup does not.
        private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

        private readonly StringBuilder _text;

        public Piece(int literalLength, int formattedCount) => _text = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(Html markup) => _text.Append(markup.ToString());

        public void AppendFormatted(string? text) => _text.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted<T>(T value) where T : struct, IFormattable => AppendFormatted(value, null);

        public void AppendFormatted<T>(T value, string? format) where T : struct, IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => _text.ToString();
    }
}
