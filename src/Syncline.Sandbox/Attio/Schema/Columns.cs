using System.Globalization;
using Syncline.Sandbox.Attio.Types;

namespace Syncline.Sandbox.Attio.Schema;

/// <summary>Adds system attributes to a table.</summary>
internal readonly struct Columns(AttioWorkspace workspace, AttioTable table)
{
    public AttioTable Table { get; } = table;

    public AttioAttribute Add(
        string slug, AttributeType type, bool isWritable = true, bool isUnique = false, bool isMulti = false, bool isRequired = false, Origin origin = Origin.Stored)
    {
        string title = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(slug.Replace('_', ' '));
        AttioAttribute attribute = new(workspace.Ids.Next(), Table, slug, title, type, workspace.CreatedAt)
        {
            IsSystem = true, IsWritable = isWritable, IsUnique = isUnique, IsMulti = isMulti, IsRequired = isRequired, Origin = origin,
        };
        Table.Add(attribute);
        return attribute;
    }

    public void AddOptions(AttioAttribute attribute, params ReadOnlySpan<string> titles)
    {
        foreach (string title in titles) attribute.Options.Add(new(workspace.Ids.Next(), title));
    }

    public void AddSocial()
    {
        Add("primary_location", AttributeTypes.Location);
        foreach (string network in (string[])["angellist", "facebook", "instagram", "linkedin", "twitter"]) Add(network, AttributeTypes.Text);
        Add("twitter_follower_count", AttributeTypes.Number, isWritable: false);
    }

    /// <summary>What the service works out from mail and calendars, and the columns that end every object.</summary>
    public void AddContacts()
    {
        foreach (string kind in (string[])["first_calendar", "last_calendar", "next_calendar", "first_email", "last_email", "first", "last", "next"])
        {
            Add($"{kind}_interaction", AttributeTypes.Interaction, isWritable: false);
        }
        AddOptions(
            Add("strongest_connection_strength", AttributeTypes.Select, isWritable: false), "Very weak", "Weak", "Good", "Strong", "Very strong");
        Add("strongest_connection_strength_legacy", AttributeTypes.Number, isWritable: false);
        Add("strongest_connection_user", AttributeTypes.ActorReference, isWritable: false);
        Close();
    }

    public void Close() => StandardObjects.AddClosingColumns(workspace, Table);
}
