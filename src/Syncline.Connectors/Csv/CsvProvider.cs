using Syncline.Limits;
using Syncline.Mapping;
using Syncline.Records;

namespace Syncline.Connectors.Csv;

/// <summary>A CSV file as a connection that is read.</summary>
public sealed class CsvProvider : IProvider
{
    private static readonly RecordKind[] Kinds = [RecordKind.Person, RecordKind.Company, RecordKind.Deal];

    public string Name => "csv";

    public IReadOnlyList<SettingDefinition> Settings { get; } =
    [
        new("path", "The file, from the folder the configuration is in.") { IsRequired = true },
        new("kind", "What its rows are about: person, company or deal; decided by the columns when left out."),
        new("key", "The column that identifies a row; guessed when left out."),
        new("encoding", "The file's encoding, such as windows-1252; told by its bytes when left out."),
        new("delimiter", "What stands between cells: one character, or tab; decided by the first line when left out."),
    ];

    /// <exception cref="ProviderException">The file cannot be opened, or its columns cannot be used.</exception>
    public Connection Open(ConnectionSettings settings, ConnectorParts parts)
    {
        CsvOptions options = new(settings.Name, Path.GetFullPath(settings.Required("path", Name), settings.Folder))
        {
            Kind = KindOf(settings),
            KeyColumn = settings.Find("key"),
            Encoding = settings.Find("encoding"),
            Delimiter = DelimiterOf(settings),
        };
        // Its columns are its maps, so its first line is read here. On the pool, for a page's own context would wait for itself.
        CsvSource source = Task.Run(() => CsvSource.OpenAsync(options, CancellationToken.None)).GetAwaiter().GetResult();
        return new(settings.Name, Name, source.Maps, CallPermits.Unlimited()) { Sources = [source], Doctor = new Reader(options, source) };
    }

    private RecordKind? KindOf(ConnectionSettings settings)
    {
        if (settings.Find("kind") is not { Length: > 0 } text) return null;
        return Kinds.Contains(new(text)) ? new(text) : throw settings.Unusable("kind", Name, "person, company or deal");
    }

    private char? DelimiterOf(ConnectionSettings settings)
    {
        if (settings.Find("delimiter") is not { Length: > 0 } text) return null;
        return CsvDelimiter.Find(text) ?? throw settings.Unusable("delimiter", Name, CsvDelimiter.Allowed);
    }

    private sealed class Reader(CsvOptions options, CsvSource source) : IDoctor
    {
        private Finding Good => new(Severity.Good, "path", $"{options.Path} can be read as {source.Header.Dialect}; its rows are {source.Header.Stream}.");

        public Task<Finding> TestAsync(CancellationToken cancellationToken) => Task.FromResult(Good);

        public Task<IReadOnlyList<Finding>> ExamineAsync(IReadOnlyList<FieldMap> maps, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>([Good]);
    }
}
