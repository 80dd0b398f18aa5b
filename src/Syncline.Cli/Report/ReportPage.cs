namespace Syncline.Cli.Report;

internal static class ReportPage
{
    public static string Of(RunReport report) => report.Title;
}
