using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Syncline.Sandbox.Attio.Types;

/// <summary>Host names and what of them somebody registered.</summary>
internal static partial class HostName
{
    // A few suffixes of two labels stand for the whole public suffix list.
    private static readonly HashSet<string> TwoLabelSuffixes = new(
        ["co.uk", "org.uk", "ac.uk", "gov.uk", "com.au", "net.au", "co.nz", "co.jp", "com.br", "co.za", "co.in", "com.mx", "com.tr", "com.cn"], StringComparer.Ordinal);

    private static readonly HashSet<string> ReservedTopLevels = new(["test", "invalid", "example", "localhost"], StringComparer.Ordinal);

    public static bool IsValid(string host) => host.Length <= 253 && Pattern().IsMatch(host);

    public static bool IsReserved(string host) => ReservedTopLevels.Contains(host[(host.LastIndexOf('.') + 1)..]);

    public static string Root(string host)
    {
        string[] labels = host.Split('.');
        int kept = labels.Length > 2 && TwoLabelSuffixes.Contains($"{labels[^2]}.{labels[^1]}") ? 3 : 2;
        return string.Join('.', labels[Math.Max(0, labels.Length - kept)..]);
    }

    [GeneratedRegex(@"^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$")]
    private static partial Regex Pattern();
}

internal sealed class DomainType : AttributeType
{
    public override string Name => "domain";
    public override bool MayBeMulti => true;
    public override bool MayBeUnique => true;

    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        FilterField.LowerText("domain", Operators.Eq | Operators.NotEmpty | Operators.Searched, p => (string)p),
        FilterField.LowerText("root_domain", Operators.Eq | Operators.NotEmpty | Operators.Searched, p => HostName.Root((string)p)),
    ];

    public override object Parse(JsonNode element, Slot slot, bool inArray)
    {
        string host = Host(NeedText(element, "domain", slot));
        return HostName.IsValid(host) ? host : throw slot.Refuse("Invalid domain.", "invalid_string");
    }

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot)
    {
        writer.WriteString("domain", (string)payload);
        writer.WriteString("root_domain", HostName.Root((string)payload));
    }

    private static string Host(string written)
    {
        string host = written.Trim().ToLowerInvariant();
        int scheme = host.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0) host = host[(scheme + 3)..];
        int end = host.IndexOfAny(['/', '?', '#', ':']);
        return (end < 0 ? host : host[..end]).TrimEnd('.');
    }
}

/// <summary>Kept as it was written; the normal form is its lower case.</summary>
internal sealed partial class EmailAddressType : AttributeType
{
    private const Operators Allowed = Operators.Eq | Operators.Searched;

    public override string Name => "email-address";
    public override bool MayBeMulti => true;
    public override bool MayBeUnique => true;

    public override IReadOnlyList<FilterField> Fields { get; } =
    [
        FilterField.LowerText("email_address", Allowed, p => ((string)p).ToLowerInvariant()),
        FilterField.LowerText("email_domain", Allowed, p => DomainOf((string)p)),
        FilterField.LowerText("email_root_domain", Allowed, p => HostName.Root(DomainOf((string)p))),
        FilterField.LowerText("email_local_specifier", Allowed, p => LocalOf((string)p)),
    ];

    public override object Parse(JsonNode element, Slot slot, bool inArray)
    {
        string written = NeedText(element, "email_address", slot).Trim();
        // The refusal names the attribute only, not the address.
        return Pattern().IsMatch(written) && HostName.IsValid(DomainOf(written)) && !HostName.IsReserved(DomainOf(written))
            ? written
            : throw slot.Refuse("Invalid email.", "invalid_string");
    }

    public override void Write(Utf8JsonWriter writer, object payload, Slot slot)
    {
        string written = (string)payload;
        writer.WriteString("email_address", written.ToLowerInvariant());
        writer.WriteString("original_email_address", written);
        writer.WriteString("email_domain", DomainOf(written));
        writer.WriteString("email_root_domain", HostName.Root(DomainOf(written)));
        writer.WriteString("email_local_specifier", LocalOf(written));
    }

    public static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();

    private static string LocalOf(string address) => address[..address.LastIndexOf('@')].ToLowerInvariant();

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[^@\s]+$")]
    private static partial Regex Pattern();
}
