using System.Globalization;

namespace Syncline.Sandbox.HubSpot;

/// <summary>Knobs over typed properties.</summary>
internal static class TextKnob
{
    public static Knob Flag(string name, string description, Func<bool> get, Action<bool> set) =>
        new(name, $"{description} true or false.", () => get() ? "true" : "false", text => set(bool.Parse(text)));

    public static Knob Figure(string name, string description, Func<int> get, Action<int> set) =>
        new(name, description, () => get().ToString(CultureInfo.InvariantCulture), text => set(int.Parse(text, CultureInfo.InvariantCulture)));

    public static Knob Span(string name, string description, Func<TimeSpan> get, Action<TimeSpan> set) =>
        new(name, description, () => get().ToString("c", CultureInfo.InvariantCulture), text => set(TimeSpan.Parse(text, CultureInfo.InvariantCulture)));

    public static Knob Choice<T>(string name, string description, Func<T> get, Action<T> set) where T : struct, Enum =>
        new(name, $"{description} {string.Join(" or ", Enum.GetNames<T>())}.", () => get().ToString(), text => set(Enum.Parse<T>(text, ignoreCase: true)));
}
