using System.Net;
using Anthropic.Exceptions;
using Anthropic.Models;
using Syncline.Records;

namespace Syncline.Connectors.Claude;

/// <summary>What the API's refusals mean for a run. Their bodies are not shown: a refused request may be quoted there.</summary>
internal static class ClaudeErrors
{
    private const string Operation = "claude.messages.create";

    /// <summary>Too many calls, or too many of everybody's: not charged, and worth trying again. A spending limit is neither.</summary>
    public static bool IsBusy(AnthropicApiException failure) => (int)failure.StatusCode is 429 or 529 && !IsSpendLimit(failure);

    public static ProviderException Of(AnthropicApiException failure, TimeSpan? wait, string operation = Operation) => new($"{operation} was refused ({(int)failure.StatusCode}).")
    {
        Operation = operation,
        Recovery = IsBusy(failure) || (int)failure.StatusCode >= 500 ? Recovery.RetryLater : Recovery.StopRun,
        RetryAfter = wait,
        Hint = HintOf(failure),
    };

    public static ProviderException OutOfReach(string operation = Operation) => new($"{operation}: the API is out of reach.")
    {
        Operation = operation,
        Recovery = Recovery.RetryLater,
        Hint = "The provider or the network is down. Nothing is lost: run the sync again later.",
    };

    private static bool IsSpendLimit(AnthropicApiException failure) => failure is AnthropicEnforcedSpendLimitReachedException or AnthropicContractSpendLimitReachedException;

    private static string HintOf(AnthropicApiException failure) => failure switch
    {
        _ when IsSpendLimit(failure) => "The spending limit of the organisation is reached. Raise it at platform.claude.com, or wait until the month is over.",
        { StatusCode: HttpStatusCode.Unauthorized } => "Make a key at platform.claude.com and set it as api_key.",
        { StatusCode: HttpStatusCode.PaymentRequired } => "The organisation's credit is used up. Buy more at platform.claude.com.",
        { StatusCode: HttpStatusCode.Forbidden } => "The key may not use this model or this part of the API; see its workspace at platform.claude.com.",
        { StatusCode: HttpStatusCode.NotFound } => $"The model is not known there, or base_url is wrong; the default model is {ClaudeOptions.DefaultModel}, the API's own address {ClaudeOptions.DefaultBase}.",
        { StatusCode: HttpStatusCode.BadRequest } => "The model may not know the effort that is set, or the account has no credit: set effort to none, and look at platform.claude.com.",
        _ when IsBusy(failure) => "The API is busy, or the organisation's limit is reached: lower requests_per_minute and tokens_per_minute, or run again later.",
        _ => "Run the sync again later.",
    };
}
