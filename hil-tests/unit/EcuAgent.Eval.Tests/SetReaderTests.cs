using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using EcuAgent.Core.Gate;
using EcuAgent.Eval.Sets;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>Files and lines, good and broken.</summary>
public sealed class SetReaderTests : IDisposable
{
    private static readonly string Good = Runs.Line("a", "hvac", "fan");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Line_Complete_IsRead()
    {
        var item = Runs.Item(Runs.Line("a", "navigation", " 回家 ", """, "car": "idling", "speaker": "passenger", "source": "x", "expected": {"slots": 1}, "calls": [{"name": "navigate_to_saved", "arguments": {"place": "home"}}]""", "zh"));

        Assert.Equal(("a", "zh", "回家", "navigation"), (item.Id, item.Language, item.Utterance, item.Domain));
        Assert.Equal((DrivingState.Idling, SpeakerZone.Passenger), (item.Car, item.Speaker));
        Assert.Equal("navigate_to_saved", Assert.Single(item.Gold!).Tool.Name);
    }

    [Fact]
    public void Line_WithoutCarAndSpeaker_ParkedAndDriver()
    {
        var item = Runs.Item(Good);

        Assert.Equal((DrivingState.Parked, SpeakerZone.Driver), (item.Car, item.Speaker));
        Assert.Null(item.Gold);
    }

    [Fact]
    public void Line_EarlierExchange_IsReadAndTextsMayBeCopiedFromIt()
    {
        var item = Runs.Item(Runs.Line("a", "food", "make it two", """
            , "before": {"utterance": " one miso soup ", "calls": [{"name": "order_food", "arguments": {"quantity": 1, "item": "miso soup"}}]},
            "calls": [{"name": "order_food", "arguments": {"item": "miso soup", "quantity": 2}}]
            """));

        Assert.Equal("one miso soup", item.Before!.Utterance);
        var turn = item.Before.ToTurn();
        Assert.Equal("one miso soup", turn.Text);
        Assert.Equal(["item", "quantity"], Assert.Single(turn.Calls).Arguments.Keys);
        Assert.Equal("miso soup", item.Gold![0].Arguments.Text("item"));
    }

    [Fact]
    public void Line_AlternativesAndTags_AreRead()
    {
        var item = Runs.Item(Runs.Line("a", "hvac", "fan", """
            , "calls": [{"name": "set_fan", "arguments": {"level": 2}}], "tags": ["multi", "context"],
            "alternatives": [[{"name": "set_fan", "arguments": {"level": 3}}], [{"name": "adjust_fan", "arguments": {"direction": "up"}}, {"name": "cancel_navigation", "arguments": {}}]]
            """));

        Assert.Equal(["multi", "context"], item.Tags);
        Assert.Equal([1, 2], item.Alternatives.Select(calls => calls.Count));
        Assert.Equal(["set_fan", "set_fan", "adjust_fan"], item.Answers.Select(calls => calls[0].Tool.Name));
    }

    [Theory]
    [InlineData("""{"id": "b" """, "not JSON")]
    [InlineData("""["b"]""", "expected a JSON object")]
    [InlineData("""{"lang": "en", "domain": "hvac", "utterance": "u"}""", "'id' is missing")]
    [InlineData("""{"id": 5, "lang": "en", "domain": "hvac", "utterance": "u"}""", "'id' is 5")]
    [InlineData("""{"id": "b", "domain": "hvac", "utterance": "u"}""", "'lang' is missing")]
    [InlineData("""{"id": "b", "lang": "fr", "domain": "hvac", "utterance": "u"}""", "'lang' is \"fr\", expected en, zh")]
    [InlineData("""{"id": "b", "lang": "en", "utterance": "u"}""", "'domain' is missing")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "weather", "utterance": "u"}""", "'domain' is \"weather\", expected hvac, navigation")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac"}""", "'utterance' is missing")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "  "}""", "'utterance' is \"  \"")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": null}""", "'utterance' is null")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "\ud800"}""", "'utterance' is \"\\ud800\"")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "car": "flying"}""", "'car' is \"flying\", expected parked")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "speaker": 1}""", "'speaker' is 1, expected driver")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": {}}""", "'calls' is {}, expected a list of 1 to 4 calls")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": []}""", "'calls' is []")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": ["set_fan"]}""", "'calls[0]' is \"set_fan\"")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": [{"name": "set_fan"}]}""", "'calls[0]'")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": [{"name": "fly", "arguments": {}}]}""", "'knownTool' at $ (value \"fly\")")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": [{"name": "set_fan", "arguments": {"level": 99}}]}""", "'maximum' at $.level (value \"99\")")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": [{"name": "cancel_navigation", "arguments": {}}, {"name": "navigate_to", "arguments": {"destination": "home"}}]}""", "'x-copied-from' at $.destination (value \"home\")")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "before": "u"}""", "'before' is \"u\", expected an object")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "before": {"utterance": "u"}}""", "'before' is {")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "before": {"utterance": " ", "calls": []}}""", "'before' is {")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "before": {"utterance": "u", "calls": []}}""", "'before.calls' is []")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "before": {"utterance": "u", "calls": [{"name": "fly", "arguments": {}}]}}""", "'knownTool' at $")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "before": {"utterance": "u", "calls": [{"name": "navigate_to", "arguments": {"destination": "w"}}]}}""", "'before.calls[0]'")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "before": {"utterance": "w", "calls": [{"name": "set_fan", "arguments": {"level": 1}}]}, "calls": [{"name": "navigate_to", "arguments": {"destination": "v"}}]}""", "'x-copied-from' at $.destination")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": [{"name": "pay", "arguments": {"kind": "bill", "amount": 5}}]}""", "'spokenAmount' at $.amount")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "alternatives": [[{"name": "set_fan", "arguments": {"level": 1}}]]}""", "'alternatives' is [[")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": [{"name": "set_fan", "arguments": {"level": 1}}], "alternatives": []}""", "'alternatives' is []")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": [{"name": "set_fan", "arguments": {"level": 1}}], "alternatives": [[]]}""", "'alternatives[0]' is []")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "calls": [{"name": "set_fan", "arguments": {"level": 1}}], "alternatives": [[{"name": "set_fan", "arguments": {"level": 9}}]]}""", "'alternatives[0][0]'")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "tags": "multi"}""", "'tags' is \"multi\", expected a list of words")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "tags": [5]}""", "'tags' is [5]")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "tags": [""]}""", "'tags' is [")]
    [InlineData("""{"id": "b", "lang": "en", "domain": "hvac", "utterance": "u", "tags": ["a", "a"]}""", "'tags' is [")]
    [InlineData("""{"id": "a", "lang": "en", "domain": "hvac", "utterance": "u"}""", "'id' is \"a\"")]
    public void BrokenLine_Error_NamesFileLineFieldAndValue(string line, string expected)
    {
        var path = _folder.Write("set.jsonl", Good + "\n\n" + line + "\n");

        var error = Assert.Throws<EvalInputException>(() => new EvalSetReader(Runs.Catalogue).Read(path));

        Assert.StartsWith(path + ":3: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SameId_InTwoFiles_IsRefusedNamingBoth()
    {
        var reader = new EvalSetReader(Runs.Catalogue);
        var first = _folder.Write("first.jsonl", Good);
        reader.Read(first);

        var error = Assert.Throws<EvalInputException>(() => reader.Read(_folder.Write("second.jsonl", Good)));

        Assert.Contains("second.jsonl:1", error.Message, StringComparison.Ordinal);
        Assert.Contains(first + ":1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set.jsonl.gz")]
    [InlineData("set.jsonl")]
    public void Gzip_ByContent_IsRead(string name)
    {
        var path = _folder.WriteBytes(name, Gzip(Good + "\r\n" + Runs.Line("b", "poi", "茶馆", lang: "zh") + "\r\n"));

        var set = new EvalSetReader(Runs.Catalogue).Read(path);

        Assert.Equal(["fan", "茶馆"], set.Items.Select(item => item.Utterance));
        Assert.Equal(name, set.FileName);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), set.Sha256);
    }

    [Fact]
    public void Gzip_CutShort_IsRefused()
    {
        var packed = Gzip(string.Concat(Enumerable.Range(0, 200).Select(i => Runs.Line("id" + i * 7919, "hvac", "fan " + i * 104729) + "\n")));
        var path = _folder.WriteBytes("set.jsonl.gz", packed[..(packed.Length / 2)]);

        Assert.StartsWith(path, Assert.Throws<EvalInputException>(() => new EvalSetReader(Runs.Catalogue).Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NotUtf8_File_IsRefused()
    {
        var path = _folder.WriteBytes("set.jsonl", [.. "{\"id\": \""u8, 0xFF, .. "\"}"u8]);

        Assert.Contains("byte 8 is not UTF-8", Assert.Throws<EvalInputException>(() => new EvalSetReader(Runs.Catalogue).Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ByteOrderMark_File_IsRead() =>
        Assert.Single(new EvalSetReader(Runs.Catalogue).Read(_folder.WriteBytes("set.jsonl", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good)])).Items);

    [Theory]
    [InlineData("")]
    [InlineData("\n \n")]
    public void EmptyFile_IsRefused(string text)
    {
        var path = _folder.Write("set.jsonl", text);

        Assert.Equal($"{path}: holds no utterance", Assert.Throws<EvalInputException>(() => new EvalSetReader(Runs.Catalogue).Read(path)).Message);
    }

    [Theory]
    [InlineData(11, null, 11)]
    [InlineData(11, 20, 11)]
    [InlineData(11, 4, 4)]
    [InlineData(11, 1, 1)]
    public void Limit_Items_EvenlySpacedAndDistinct(int count, int? limit, int expected)
    {
        EvalItem[] items = [.. Enumerable.Range(0, count).Select(i => Runs.Item(Runs.Line($"i{i}", "hvac", "fan")))];

        var taken = EvalSet.Take(items, limit);

        Assert.Equal(expected, taken.Select(item => item.Id).Distinct().Count());
        Assert.Equal("i0", taken[0].Id);
        Assert.True(expected < 4 || Array.IndexOf(items, taken[^1]) >= count * 3 / 4);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
