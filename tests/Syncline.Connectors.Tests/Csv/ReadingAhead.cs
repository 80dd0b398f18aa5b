using System.Runtime.CompilerServices;
using Syncline.Extraction;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

public sealed class ReadingAhead
{
    [Fact]
    public async Task Pages_come_in_their_order_and_one_at_the_most_is_read_before_it_is_asked_for()
    {
        Numbered source = new(5);
        List<string> taken = [];
        await foreach (Page page in Read(source))
        {
            taken.Add(page.Next.Text);
            Assert.InRange(source.Read, taken.Count, taken.Count + 1);
        }
        Assert.Equal(["1", "2", "3", "4", "5"], taken);
        Assert.True(source.IsClosed);
    }

    [Fact]
    public async Task What_fails_is_told_behind_the_pages_before_it()
    {
        Numbered source = new(5) { FailsAfter = 2 };
        List<string> taken = [];
        await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (Page page in Read(source)) taken.Add(page.Next.Text);
        });
        Assert.Equal(["1", "2"], taken);
        Assert.True(source.IsClosed);
    }

    [Fact]
    public async Task Who_leaves_early_leaves_no_reader_behind()
    {
        Numbered source = new(5) { WaitsAfter = 1 };
        await foreach (Page _ in Read(source)) break;
        Assert.True(source.IsClosed);
    }

    private static IAsyncEnumerable<Page> Read(ISource source) => new ReadAhead(source).ReadAsync(new(null) { Known = null! }, TestContext.Current.CancellationToken);

    private sealed class Numbered(int pages) : ISource
    {
        private volatile int _read;

        public StreamDescriptor Stream { get; } = new(new("numbers", "people"), [RecordKind.Person]);

        public int FailsAfter { get; init; } = int.MaxValue;

        /// <summary>Until it is told to stop.</summary>
        public int WaitsAfter { get; init; } = int.MaxValue;

        public int Read => _read;

        public bool IsClosed { get; private set; }

        public async IAsyncEnumerable<Page> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                while (_read < pages)
                {
                    if (_read == FailsAfter) throw new ProviderException("The third page is torn.") { Operation = "numbers.people.read", Recovery = Recovery.StopRun };
                    if (_read == WaitsAfter) await Task.Delay(Timeout.Infinite, cancellationToken);
                    _read++;
                    yield return new([], new(_read.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                }
            }
            finally
            {
                IsClosed = true;
            }
        }
    }
}
