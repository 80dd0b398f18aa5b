using Syncline.Records;
using Syncline.Syncs;

namespace Syncline.Server.Contacts;

/// <summary>Which contacts an address asks for.</summary>
internal static class ContactQuery
{
    /// <param name="state">A state's name in whatever case; what is none asks for all.</param>
    public static ContactFilter Filter(RecordKind kind, string? state, string? source, string? search) => new(kind)
    {
        State = Enum.TryParse(state, ignoreCase: true, out ContactState known) && Enum.IsDefined(known) ? known : null,
        Source = source is { Length: > 0 } ? source : null,
        Text = search?.Trim() is { Length: > 0 } text ? text : null,
    };
}
