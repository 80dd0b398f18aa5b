using Syncline.Sandbox.Hosting.Control;

namespace Syncline.Sandbox.Hosting.Pages;

/// <summary>A form that calls the control API and comes back to its part of the page.</summary>
internal static class ControlForm
{
    public static Html Render(string method, string action, string part, Html fields) => Html.Of($"""
        <form method="post" action="{action}">
        <input type="hidden" name="{ControlRequest.MethodField}" value="{method}"><input type="hidden" name="{ControlRequest.ReturnField}" value="{part}">
        {fields}
        </form>
        """);
}
