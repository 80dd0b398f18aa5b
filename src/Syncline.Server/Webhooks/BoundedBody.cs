using System.Buffers;
using System.IO.Pipelines;

namespace Syncline.Server.Webhooks;

/// <summary>A request's body, read no further than it may be long.</summary>
internal static class BoundedBody
{
    /// <returns>Null when it is longer.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most) return null;
        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > most)
            {
                // The connection is cut in the middle of the answer where what was read is not given back.
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
