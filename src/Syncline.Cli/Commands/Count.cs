using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Syncline.Cli.Commands;

/// <summary>Numbers on the command line.</summary>
internal static class Count
{
    /// <summary>An option that takes a whole number from 1 on; null when it is left out.</summary>
    public static Option<int?> Option(string name, string description) => new(name) { Description = description, HelpName = "N", CustomParser = result => (int?)Read(result, name, int.MaxValue) };

    /// <summary>An argument that takes a whole number from 1 on.</summary>
    public static Argument<long> Argument(string name, string description) => new(name) { Description = description, CustomParser = result => Read(result, name, long.MaxValue) ?? 0 };

    private static long? Read(ArgumentResult result, string name, long most)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= 1 && number <= most) return number;
        result.AddError($"{name} must be a whole number from 1 on, not '{text}'.");
        return null;
    }
}
