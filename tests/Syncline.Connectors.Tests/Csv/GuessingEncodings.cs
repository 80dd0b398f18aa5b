using System.Text;
using Syncline.Connectors.Csv;
using Syncline.Records;

namespace Syncline.Connectors.Tests.Csv;

public sealed class GuessingEncodings
{
    [Fact]
    public async Task Bytes_that_are_no_utf8_are_windows_1252_and_come_back_as_they_were()
    {
        using CsvScratch file = new([.. "First Name,Last Name\nJos"u8, 0xE9, (byte)',', 0x93, .. "Roe"u8, 0x94, (byte)'\n']);
        Assert.Equal("Jos\u00e9", (await file.ReadAsync())[0].Records[0].Fields["First Name"]!.Text);
        Assert.Equal("\u201cRoe\u201d", (await file.ReadAsync())[0].Records[0].Fields["Last Name"]!.Text);
        Assert.Equal(file.Bytes, await CsvScratch.RoundTripAsync(file.Options));
    }

    [Theory]
    [InlineData(new byte[] { 0xC3, 0xA9, 0xE9 })]
    [InlineData(new byte[] { 0xE9, (byte)'x', 0x81 })]
    public async Task Bytes_that_are_neither_stop_the_reading(byte[] name)
    {
        using CsvScratch file = new([.. "First Name,Last Name\n"u8, .. name, .. ",Roe\n"u8]);
        Assert.Contains("Line 2 ", (await Assert.ThrowsAsync<ProviderException>(() => file.ReadAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_character_may_lie_across_the_end_of_a_block()
    {
        for (int offset = 0; offset < 4; offset++)
        {
            byte[] text = Encoding.UTF8.GetBytes(new string('x', (256 * 1024) - offset) + "\ud83d\ude00");
            Assert.Equal("utf-8", await GuessAsync(text));
            Assert.Equal("windows-1252", await GuessAsync([.. text[..^4], 0xE9]));
        }
    }

    private static async Task<string> GuessAsync(byte[] bytes)
    {
        using MemoryStream file = new(bytes);
        string name = await CsvEncoding.GuessAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(0, file.Position);
        return name;
    }
}
