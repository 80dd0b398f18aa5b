using System.Globalization;
using System.Text.RegularExpressions;
using Syncline.Sandbox.HubSpot.Schema;
using Syncline.Sandbox.HubSpot.Wire;

namespace Syncline.Sandbox.HubSpot.Records;

/// <summary>Why a value is not taken.</summary>
internal sealed record ValueFault(string Property, string Code, string Message);

/// <summary>What a sent value becomes: a text to store, or a fault.</summary>
internal readonly record struct Reading(string Value, ValueFault? Fault = null, bool IsNormalised = false);

/// <summary>How each type of property reads, checks and rewrites what is sent.</summary>
internal sealed partial class ValueRules(HubSpotPortal portal)
{
    private const int MostCharacters = 65_536;
    private const long DayMs = 86_400_000;

    /// <summary>Seconds since 1970 have fewer digits than milliseconds: below this, a number can only be seconds (until 1973 in milliseconds).</summary>
    private const long LeastMilliseconds = 100_000_000_000;

    /// <param name="current">What is stored now, for options that are appended.</param>
    public Reading Read(ObjectType type, Property property, string raw, string? current, bool isNewest)
    {
        if (raw.Length == 0) return new("");
        return property.Type switch
        {
            "number" => Number(property, raw.Trim()),
            "bool" => raw is "true" or "false" ? new(raw) : Bad(property, "INVALID_OPTION", $"{raw} was not one of the allowed options: [true, false]"),
            "date" => Date(property, raw.Trim(), isNewest),
            "datetime" => WireTime.Read(raw.Trim()) is { } time ? new(WireTime.Write(time)) : Bad(property, "INVALID_DATE", $"{raw} was not a valid date."),
            "enumeration" => Choice(type, property, raw, current),
            _ => Text(property, raw),
        };
    }

    private static Reading Number(Property property, string raw) =>
        decimal.TryParse(raw, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? new(number.ToString(CultureInfo.InvariantCulture))
            : Bad(property, "INVALID_LONG", $"{raw} was not a valid number.");

    private static Reading Date(Property property, string raw, bool isNewest)
    {
        bool isExact = raw.Length == 10 ? WireTime.ReadIso(raw) is not null : WireTime.ReadNumber(raw) is { } sent && sent % DayMs == 0 && Math.Abs(sent) >= LeastMilliseconds;
        if (WireTime.Read(raw) is not { } time) return Bad(property, "INVALID_DATE", $"{raw} was not a valid date.");
        if (!isExact && !isNewest) return Bad(property, "INVALID_DATE", $"{raw} is at {WireTime.Write(time)}, not midnight!");
        if (WireTime.ReadNumber(raw) is { } number && Math.Abs(number) < LeastMilliseconds) time = number * 1000;
        return new(WireTime.WriteDate(time), IsNormalised: !isExact);
    }

    private Reading Choice(ObjectType type, Property property, string raw, string? current)
    {
        if (property.ReferencedObjectType == "OWNER") return portal.Owners.IsKnown(raw) ? new(raw) : Bad(property, "INVALID_OWNER_ID", $"Owner {raw} does not exist");
        if (property == portal.Table(type).AdditionalEmails) return new(string.Join(';', raw.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(a => a.ToLowerInvariant())));
        if (portal.Pipelines.Allowed(type, property) is { } ids) return ids.Contains(raw) ? new(raw) : NoOption(property, raw, ids);
        string[] values = property.FieldType == "checkbox" ? raw.Split(';', StringSplitOptions.RemoveEmptyEntries) : [raw];
        string? unknown = values.FirstOrDefault(v => !property.Options.Any(o => o.Value == v));
        if (unknown is not null) return NoOption(property, unknown, property.Options.Select(o => o.Value));
        if (property.FieldType != "checkbox") return new(raw);
        string[] stored = raw[0] == ';' && current is not null ? current.Split(';') : [];
        return new(string.Join(';', stored.Union(values)));
    }

    private Reading Text(Property property, string raw)
    {
        if (raw.Length > MostCharacters) return Bad(property, "PROPERTY_TOO_LONG", $"{property.Name} is longer than {MostCharacters} characters");
        if (property.Name == "email") return Email(property, raw.Trim());
        if (property.FieldType == "html") return new(Sanitised(raw));
        if (!portal.Behaviour.CleansValues) return new(raw);
        return new(property.Name == "domain" ? Host(raw) : raw.Trim());
    }

    private static Reading Email(Property property, string raw) => EmailForm().IsMatch(raw)
        ? new(raw.ToLowerInvariant())
        : Bad(property, "INVALID_EMAIL", $"Email address {raw} is invalid");

    private static string Sanitised(string html) => LineBreak().Replace(Script().Replace(html, ""), "<br>").Trim();

    private static string Host(string raw)
    {
        string host = raw.Trim().ToLowerInvariant();
        int scheme = host.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0) host = host[(scheme + 3)..];
        int end = host.IndexOfAny(['/', '?', '#']);
        if (end >= 0) host = host[..end];
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    private static Reading NoOption(Property property, string raw, IEnumerable<string> allowed) =>
        Bad(property, "INVALID_OPTION", $"{raw} was not one of the allowed options: [{string.Join(", ", allowed.Take(30))}]");

    private static Reading Bad(Property property, string code, string message) => new("", new(property.Name, code, message));

    [GeneratedRegex(@"^[^@\s;,<>""]+@[^@\s.;,<>""]+(\.[^@\s.;,<>""]+)+$", RegexOptions.ExplicitCapture)]
    private static partial Regex EmailForm();

    [GeneratedRegex(@"<script\b.*?</script\s*>|<!--.*?-->|\son\w+=(""[^""]*""|'[^']*')", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Script();

    [GeneratedRegex(@"<br\s*/>", RegexOptions.IgnoreCase)]
    private static partial Regex LineBreak();
}
