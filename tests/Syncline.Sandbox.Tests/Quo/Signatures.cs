using System.Text;
using Syncline.Sandbox.Quo.Webhooks;

namespace Syncline.Sandbox.Tests.Quo;

/// <summary>The contract's own test vectors (section 6).</summary>
public sealed class Signatures
{
    private const string Body = """{"id":"EV1","type":"contact.updated","n":"Zoë ☎"}""";

    private static readonly string Key = Convert.ToBase64String(Encoding.ASCII.GetBytes("simulator-only-key-0123456789abc"));

    [Fact]
    public void The_new_scheme_signs_id_seconds_and_body() =>
        Assert.Equal("v1,Sw6RW9TFbHE8cCfkPnz3yB3yB7fLrqIHNJGOXEeSxsg=", HookSigning.Standard(Key, "msg_test1", 1_800_000_000, Body));

    [Fact]
    public void The_legacy_scheme_signs_milliseconds_and_body() =>
        Assert.Equal("hmac;1;1800000000000;XoLwI2RQWg2XsIhH6TTSqwKdkgbE1ZzxXevzfOOYkXs=", HookSigning.Legacy(Key, 1_800_000_000_000, Body));
}
