using System.Text.Json.Serialization;

namespace Syncline.Connectors.Lemlist;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(LemlistPlace))]
[JsonSerializable(typeof(LemlistFeedCursor))]
internal sealed partial class LemlistCursors : JsonSerializerContext;
