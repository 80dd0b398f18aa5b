namespace Syncline.Server.Runs;

/// <summary>Kinds of work in words, to be translated.</summary>
internal static class KindWords
{
    public static string Of(string kind) => kind switch
    {
        "sync" => "Sync",
        "webhook" => "Webhook",
        "plan" => "Plan",
        "import" => "Import",
        "enrich" => "Enrichment",
        "undo" => "Undo",
        "cleanup" => "Clean-up",
        "audit" => "Audit",
        _ => kind,
    };
}
