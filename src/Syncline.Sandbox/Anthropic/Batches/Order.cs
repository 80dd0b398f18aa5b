using System.Security.Cryptography;
using System.Text;

namespace Syncline.Sandbox.Anthropic.Batches;

/// <summary>A number that follows from a text: results come in its order, which is none of theirs.</summary>
internal static class Order
{
    public static uint Of(string text) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
