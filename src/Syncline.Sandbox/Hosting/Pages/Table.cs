namespace Syncline.Sandbox.Hosting.Pages;

/// <summary>A table with a caption that scrolls sideways, by keyboard too, where the window is narrow.</summary>
internal static class Table
{
    public static Html Render(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        Render(caption, columns, Html.Each(rows, Row));

    public static Html Render(string caption, IReadOnlyList<string> columns, Html rows) => Html.Of($"""
        <div class="scroll" role="region" aria-label="{caption}" tabindex="0"><table>
        <caption>{caption}</caption>
        <thead><tr>{Html.Each(columns, column => Html.Of($"""<th scope="col">{column}</th>"""))}</tr></thead>
        <tbody>{rows}</tbody>
        </table></div>
        """);

    private static Html Row(IReadOnlyList<string> cells) => Html.Of($"<tr>{Html.Each(cells, cell => Html.Of($"<td>{cell}</td>"))}</tr>");
}
