using Syncline.Sandbox.Hosting.Control;

namespace Syncline.Sandbox.Hosting.Pages;

/// <summary>One simulated system: its tables, knobs and happenings.</summary>
internal static class ProviderPart
{
    public static Html Render(ProviderView provider, IReadOnlyList<HeldTable> tables) => Html.Of($"""
        <section id="{provider.Name}" aria-labelledby="{provider.Name}-title">
        <h2 id="{provider.Name}-title">{provider.Name} <code>{provider.Base}</code></h2>
        <div id="{provider.Name}-holds" data-live><h3>Holds</h3>{Holdings(tables)}</div>
        <div class="columns">
        <div><h3>Knobs</h3>{Html.Each(provider.Knobs, knob => KnobForm(provider, knob))}{NoneOf(provider.Knobs.Length, "knob")}</div>
        <div><h3>Let something happen</h3>{Html.Each(provider.Happenings, happening => HappeningForm(provider, happening))}{NoneOf(provider.Happenings.Length, "happening")}</div>
        </div>
        </section>
        """);

    private static Html Holdings(IReadOnlyList<HeldTable> tables) =>
        tables.Count == 0 ? Html.Of($"""<p class="quiet">Nothing yet.</p>""") : Html.Each(tables, table => Table.Render(Caption(table), table.Columns, table.Rows));

    private static string Caption(HeldTable table) =>
        table.Rows.Count < table.Count ? $"{table.Name}: newest {table.Rows.Count} of {table.Count}" : $"{table.Name}: {table.Count}";

    private static Html NoneOf(int count, string what) => count > 0 ? default : Html.Of($"""<p class="quiet">This system has no {what}.</p>""");

    private static Html KnobForm(ProviderView provider, KnobView knob) => ControlForm.Render(
        "PUT", $"{Of(provider)}/knobs/{Uri.EscapeDataString(knob.Name)}", provider.Name, Html.Of($"""
            <label for="{IdOf(provider, "knob", knob.Name)}">{knob.Name}</label>
            <div class="line">{KnobInput(IdOf(provider, "knob", knob.Name), knob.Value)}<button aria-label="Set {knob.Name}">Set</button></div>
            <p class="hint" id="{IdOf(provider, "knob", knob.Name)}-hint">{knob.Description}</p>
            """));

    private static Html KnobInput(string id, string value) => bool.TryParse(value, out bool on)
        ? Html.Of($"""<select id="{id}" name="value" aria-describedby="{id}-hint">{Option("true", on)}{Option("false", !on)}</select>""")
        : Html.Of($"""<input id="{id}" name="value" value="{value}" autocomplete="off" spellcheck="false" aria-describedby="{id}-hint">""");

    private static Html Option(string value, bool selected) => selected ? Html.Of($"<option selected>{value}</option>") : Html.Of($"<option>{value}</option>");

    private static Html HappeningForm(ProviderView provider, HappeningView happening) => ControlForm.Render(
        "POST", $"{Of(provider)}/happenings/{Uri.EscapeDataString(happening.Name)}", provider.Name, Html.Of($"""
            <label for="{IdOf(provider, "happening", happening.Name)}">{happening.Name}</label>
            <div class="line"><input id="{IdOf(provider, "happening", happening.Name)}" name="value" placeholder="argument, if any" autocomplete="off" spellcheck="false" aria-describedby="{IdOf(provider, "happening", happening.Name)}-hint"><button aria-label="Let {happening.Name} happen">Happen</button></div>
            <p class="hint" id="{IdOf(provider, "happening", happening.Name)}-hint">{happening.Description}</p>
            """));

    private static string Of(ProviderView provider) => $"/_sandbox/{Uri.EscapeDataString(provider.Name)}";

    private static string IdOf(ProviderView provider, string kind, string name) => $"{provider.Name}-{kind}-{name.Replace(' ', '-')}";
}
