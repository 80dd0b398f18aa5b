using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Syncline.Composition.Logging;

/// <summary>Writes log entries as JSON lines: <c>{"at","level","category","event","message", …}</c> and each named value of the message.</summary>
internal sealed class FileLoggerProvider(RollingFile file, TimeProvider clock) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, file, clock);

    public void Dispose()
    {
        // Every line is on the disk already.
    }

    // Quotes and names as they are: the file is read by people and by jq.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed class Writer(string category, RollingFile file, TimeProvider clock) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            JsonObject line = new() { ["at"] = clock.GetUtcNow().UtcDateTime, ["level"] = logLevel.ToString(), ["category"] = category, ["event"] = eventId.Name, ["message"] = formatter(state, exception) };
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                foreach ((string name, object? value) in values.Where(v => v.Key != "{OriginalFormat}")) line[name] = Of(value);
            }
            if (exception is not null) line["exception"] = exception.ToString();
            file.Append(line.ToJsonString(Relaxed));
        }

        private static JsonNode? Of(object? value) => value switch
        {
            null => null,
            long number => JsonValue.Create(number),
            int number => JsonValue.Create(number),
            double number => JsonValue.Create(number),
            bool flag => JsonValue.Create(flag),
            _ => JsonValue.Create(value.ToString()),
        };
    }
}
