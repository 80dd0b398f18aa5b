namespace Syncline.Cli.Report;

/// <summary>The page's own style sheet. It holds neither &lt; nor &amp; nor &gt;, which would be escaped in it.</summary>
internal static class ReportStyle
{
    public const string Text = """

        :root { color-scheme: light dark; --page: #f6f7f9; --card: #ffffff; --ink: #16202c; --soft: #5a6877; --rule: #e3e7ec; --one: #2f6fde; --two: #e08a1e; --good: #1a7f4b; --bad: #c2312b; --mark: #eef4ff; }
        @media (prefers-color-scheme: dark) { :root { --page: #10151b; --card: #181f27; --ink: #e6ebf1; --soft: #98a6b5; --rule: #2a333e; --one: #6ea1ff; --two: #f0a94a; --good: #55c98c; --bad: #ff7d74; --mark: #1d2a40; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 68rem; margin: 0 auto; padding: 3rem 1.5rem 4rem; }
        h1 { font-size: 2.1rem; line-height: 1.15; margin: 0 0 .6rem; letter-spacing: -.02em; }
        h2 { font-size: 1.2rem; margin: 0 0 .35rem; letter-spacing: -.01em; }
        p { margin: 0 0 1rem; }
        header p { max-width: 46rem; font-size: 1.1rem; color: var(--soft); }
        section { background: var(--card); border: 1px solid var(--rule); border-radius: 12px; padding: 1.5rem; margin: 1.25rem 0; break-inside: avoid; }
        section p.note { color: var(--soft); max-width: 50rem; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1px; background: var(--rule); border: 1px solid var(--rule); border-radius: 12px; overflow: hidden; margin: 2rem 0 1.25rem; padding: 0; }
        .figures div { background: var(--card); padding: 1.1rem 1.25rem; }
        .figures dt { font-size: 1.9rem; font-weight: 650; letter-spacing: -.02em; font-variant-numeric: tabular-nums; line-height: 1.2; }
        .figures dd { margin: .2rem 0 0; color: var(--soft); font-size: .9rem; line-height: 1.4; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 1.25rem; }
        .pair section { margin: 0; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); font-size: .85rem; padding-bottom: .4rem; }
        th, td { text-align: left; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; overflow-wrap: anywhere; }
        thead th { color: var(--soft); font-weight: 600; font-size: .8rem; white-space: nowrap; }
        tbody th { font-weight: 500; }
        tbody tr:last-child th, tbody tr:last-child td { border-bottom: 0; }
        td.number, th.number { text-align: right; white-space: nowrap; }
        tbody th code { white-space: nowrap; }
        td details { margin: 0; } td details ul { margin: .3rem 0 0; padding-left: 1.1rem; }
        .none { color: var(--soft); }
        .new { background: var(--mark); border-radius: 4px; padding: 0 .3em; margin-left: -.3em; }
        .good { color: var(--good); font-weight: 600; white-space: nowrap; }
        .bad { color: var(--bad); font-weight: 600; white-space: nowrap; }
        code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        blockquote { margin: .5rem 0 1rem; padding: .9rem 1.1rem; background: var(--mark); border-radius: 10px; white-space: pre-line; }
        ol.life { list-style: none; margin: 0; padding: 0; }
        ol.life li { padding: .4rem 0; border-bottom: 1px solid var(--rule); }
        ol.life li:last-child { border-bottom: 0; }
        ol.life b { display: inline-block; min-width: 6rem; margin-right: .5rem; font-weight: 600; color: var(--soft); }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
        .one { fill: var(--one); background: var(--one); } .two { fill: var(--two); background: var(--two); }
        .tick line { stroke: var(--rule); } .track { fill: var(--rule); }
        .limit line { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 5 4; } .limit text { fill: var(--bad); font-weight: 600; }
        section p.note:last-child { margin: .8rem 0 0; }
        .legend { margin: .6rem 0 0; color: var(--soft); font-size: .88rem; } .legend span { margin-right: 1.2rem; }
        .legend i { display: inline-block; width: .7rem; height: .7rem; border-radius: 2px; margin-right: .4rem; }
        .bars { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1rem; align-items: center; margin: .6rem 0 0; }
        .bars dt { font-size: .92rem; } .bars dd { margin: 0; display: grid; grid-template-columns: 1fr 6rem; gap: .8rem; align-items: center; }
        .bars svg { height: .85rem; border-radius: 3px; } .bars span { font-variant-numeric: tabular-nums; font-size: .92rem; } .bars small { color: var(--soft); }
        details { margin-top: .8rem; } summary { color: var(--soft); font-size: .88rem; cursor: pointer; }
        footer { color: var(--soft); font-size: .88rem; margin-top: 2rem; } footer li { margin: .25rem 0; }
        @media print { :root { --page: #ffffff; --card: #ffffff; --ink: #000000; --soft: #444444; } body { font-size: 12px; } main { padding: 0; max-width: none; } details { display: none; } * { print-color-adjust: exact; } }

        """;
}
