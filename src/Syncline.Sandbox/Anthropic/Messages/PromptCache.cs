using System.Security.Cryptography;
using System.Text;

namespace Syncline.Sandbox.Anthropic.Messages;

/// <summary>How the tokens of a prompt are billed.</summary>
/// <param name="Plain">At the model's price.</param>
/// <param name="LongWrites">Of the written ones, those kept for an hour.</param>
internal readonly record struct PromptTokens(int Plain, int Written, int LongWrites, int Read)
{
    public int All => Plain + Written + Read;
}

/// <summary>Prefixes that were sent with a breakpoint and are still kept. Each use keeps them anew.</summary>
internal sealed class PromptCache(AnthropicBehaviour behaviour)
{
    private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public PromptTokens Use(MessageRequest request, DateTimeOffset now) => Walk(request, now, keep: true);

    /// <summary>The same without keeping anything.</summary>
    public PromptTokens Look(MessageRequest request, DateTimeOffset now) => Walk(request, now, keep: false);

    private PromptTokens Walk(MessageRequest request, DateTimeOffset now, bool keep)
    {
        int characters = 0, read = 0, kept = 0;
        TimeSpan longest = default;
        StringBuilder prefix = new(request.Model.Id);
        foreach (Segment segment in request.Segments)
        {
            prefix.Append('\n').Append(segment.Text);
            characters += segment.Text.Length;
            if (segment.Lives is not { } lives || Segment.Tokens(characters) < behaviour.CacheLeastTokens) continue;
            string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prefix.ToString())));
            kept = Segment.Tokens(characters);
            longest = lives;
            if (_until.GetValueOrDefault(key) > now) read = kept;
            if (keep) _until[key] = now + lives;
        }
        int written = kept - read;
        return new(Segment.Tokens(characters) - kept, written, longest > TimeSpan.FromMinutes(5) ? written : 0, read);
    }
}
