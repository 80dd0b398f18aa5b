using System.Text.Json;
using Syncline.Loading;
using Syncline.Matching;
using Syncline.Records;

namespace Syncline.Storage.Json;

/// <summary>Keys to look up, as the one parameter of a statement: an array of arrays.</summary>
internal static class KeyJson
{
    public static Parameter Of(IReadOnlyCollection<long> ids) => Parameter.Document(ids, static (json, all) => WriteAll(json, (IReadOnlyCollection<long>)all, static (j, id) => j.WriteNumberValue(id)));

    public static Parameter Of(IReadOnlyCollection<string> ids) => Parameter.Document(ids, static (json, all) => WriteAll(json, (IReadOnlyCollection<string>)all, static (j, id) => j.WriteStringValue(Columns.Key(id))));

    public static Parameter Of(IReadOnlyCollection<DeadLetterKey> keys) => Parameter.Document(keys, static (json, all) => WriteAll(json, (IReadOnlyCollection<DeadLetterKey>)all, static (j, k) => Write(j, k.Sync, k.Connection, k.Subject)));

    private static void WriteAll<T>(Utf8JsonWriter json, IReadOnlyCollection<T> keys, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (T key in keys)
        {
            json.WriteStartArray();
            write(json, key);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string first, string second, string third)
    {
        json.WriteStringValue(first);
        json.WriteStringValue(second);
        json.WriteStringValue(Columns.Key(third));
    }
}
