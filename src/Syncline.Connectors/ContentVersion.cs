using System.Security.Cryptography;
using System.Text;
using Syncline.Records;

namespace Syncline.Connectors;

/// <summary>The version of a record at a provider that gives none.</summary>
internal static class ContentVersion
{
    /// <summary>A hash over all fields: equal content, equal version.</summary>
    public static string Of(FieldSet fields)
    {
        StringBuilder text = new();
        foreach (Field field in fields)
        {
            text.Append(field.Name).Append('\u001f');
            foreach (FieldValue item in field.Value.Items) text.Append((int)item.Type).Append(item.Text).Append('\u001e');
            text.Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
    }
}
