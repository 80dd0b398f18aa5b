using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Syncline.Storage.Serving;

namespace Syncline.Composition.Secrets;

/// <summary>Data Protection's key ring, in the hub's database.</summary>
internal sealed class ProtectionKeyRepository(ProtectionKeys keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.All().Select(xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName) => keys.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
