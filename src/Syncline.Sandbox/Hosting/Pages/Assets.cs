namespace Syncline.Sandbox.Hosting.Pages;

/// <summary>The page's own style and script; it loads nothing from anywhere.</summary>
internal static class Assets
{
    // Text colours keep a contrast of at least 4.5 to 1 on their grounds, in both schemes.
    public const string Style = """
        :root { --ground: #f6f7f9; --card: #fff; --ink: #1a2230; --soft: #566073; --line: #d5dae3; --accent: #1d4fd7; --on-accent: #fff;
          --good: #0f6b3a; --good-ground: #def5e7; --warn: #7a4a00; --warn-ground: #fdf0d0; --bad: #a01622; --bad-ground: #fde4e5; }
        @media (prefers-color-scheme: dark) { :root { --ground: #11151c; --card: #1a202b; --ink: #e8ecf3; --soft: #a3adbf; --line: #333d4e; --accent: #8fb2ff; --on-accent: #0c1424;
          --good: #7fe0a6; --good-ground: #12351f; --warn: #f5c869; --warn-ground: #3a2b0a; --bad: #ff9ea3; --bad-ground: #431519; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        header, main, footer { max-width: 76rem; margin: 0 auto; padding: 1rem 1.25rem; }
        header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; }
        h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.25rem; margin: 0 0 .75rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; } h4 { font-size: .875rem; margin: .5rem 0 .25rem; }
        h2 code { font-size: .875rem; font-weight: 400; color: var(--soft); }
        nav ul { display: flex; flex-wrap: wrap; gap: 1rem; list-style: none; margin: 0; padding: 0; }
        a { color: var(--accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        .skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin: 0 0 1.25rem; scroll-margin-top: 1rem; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; margin: 0 0 1rem; }
        .figures dt { color: var(--soft); font-size: .875rem; } .figures dd { margin: 0; font-size: 1.375rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0 2rem; }
        .scroll { overflow-x: auto; margin: 0 0 1rem; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: 0 0 .375rem; }
        th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
        th { color: var(--soft); font-weight: 600; white-space: nowrap; }
        code, pre { font-family: ui-monospace, monospace; font-size: .8125rem; }
        pre { background: var(--ground); border: 1px solid var(--line); border-radius: .375rem; padding: .5rem; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 20rem; overflow-y: auto; }
        summary { cursor: pointer; }
        .quiet, .hint, footer { color: var(--soft); } .hint { margin: .25rem 0 0; font-size: .875rem; }
        form { margin: 0 0 1rem; } label { display: block; font-weight: 600; font-size: .875rem; margin: .5rem 0 .125rem; }
        .line { display: flex; gap: .5rem; } .line > :first-child { flex: 1; min-width: 0; }
        input, select, button { font: inherit; padding: .375rem .625rem; border-radius: .375rem; border: 1px solid var(--soft); background: var(--card); color: var(--ink); }
        button { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; cursor: pointer; }
        fieldset { border: 1px solid var(--line); border-radius: .375rem; margin: .75rem 0; } legend { font-weight: 600; font-size: .875rem; }
        .tick { display: inline-flex; gap: .375rem; align-items: center; font-weight: 400; margin: 0 1rem .25rem 0; }
        .badge { display: inline-block; padding: 0 .5rem; border-radius: 1rem; font-weight: 600; }
        .good { color: var(--good); background: var(--good-ground); } .warn { color: var(--warn); background: var(--warn-ground); } .bad { color: var(--bad); background: var(--bad-ground); }
        .alert { color: var(--bad); background: var(--bad-ground); border: 1px solid var(--bad); border-radius: .75rem; padding: .75rem 1.25rem; margin: 0 0 1.25rem; } .alert a { color: inherit; }
        """;

    // Refreshes the parts marked as live, never one that somebody is reading in or has unfolded, and can be switched off.
    public const string Script = """
        (() => {
          const label = document.createElement('label'), box = document.createElement('input');
          label.className = 'tick'; box.type = 'checkbox'; box.checked = true; label.append(box, ' Refresh every two seconds');
          document.querySelector('header').append(label);
          const busy = part => part.contains(document.activeElement) || part.querySelector('details[open]');
          const refresh = async () => {
            const answer = await fetch('/');
            if (!answer.ok) return;
            const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
            for (const part of document.querySelectorAll('[data-live]')) {
              const now = fresh.getElementById(part.id);
              if (now && !busy(part) && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
            }
          };
          setInterval(() => { if (box.checked && !document.hidden) refresh().catch(() => {}); }, 2000);
        })();
        """;
}
