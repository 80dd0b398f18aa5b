using Syncline.Loading;

namespace Syncline.Server.Failures;

/// <summary>Stages in words, to be translated.</summary>
internal static class StageWords
{
    public static string Of(string stage) => stage switch
    {
        "extraction" => "while reading",
        "matching" => "while matching",
        DeadLetter.EnrichingStage => "while enriching",
        "planning" => "while planning",
        "loading" => "while writing",
        DeadLetter.SkippedStage => "by rule",
        _ => stage,
    };
}
