using System.Globalization;

namespace Syncline.Sandbox;

/// <summary>Knobs over typed properties.</summary>
internal static class KnobOf
{
    public static Knob Flag(string name, string description, Func<bool> get, Action<bool> set) =>
        new(name, description, () => get() ? "true" : "false", text => set(bool.Parse(text)));

    public static Knob Figure(string name, string description, Func<int> get, Action<int> set) =>
        new(name, description, () => get().ToString(CultureInfo.InvariantCulture), text => set(int.Parse(text, CultureInfo.InvariantCulture)));

    public static Knob Share(string name, string description, Func<double> get, Action<double> set) =>
        new(name, description, () => get().ToString(CultureInfo.InvariantCulture), text => set(double.Parse(text, CultureInfo.InvariantCulture)));

    public static Knob Span(string name, string description, Func<TimeSpan> get, Action<TimeSpan> set) =>
        new(name, description, () => get().ToString("c", CultureInfo.InvariantCulture), text => set(TimeSpan.Parse(text, CultureInfo.InvariantCulture)));

    public static Knob Text(string name, string description, Func<string> get, Action<string> set) => new(name, description, get, set);

    public static Knob Choice<T>(string name, string description, Func<T> get, Action<T> set) where T : struct, Enum =>
        new(name, description, () => get().ToString(), text => set(Enum.Parse<T>(text, ignoreCase: true)));
}
