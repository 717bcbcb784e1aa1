using EcuAgent.Commerce.Signatures;

namespace EcuAgent.Commerce.Tests.Signatures;

/// <summary>Structured fields: what is one comes back as it was written, and what is none is none.</summary>
public sealed class SfParserTests
{
    [Theory]
    [InlineData("a=1", "1")]
    [InlineData("a=-12.5", "-12.5")]
    [InlineData("a=\"x\\\"y\\\\z\"", "\"x\\\"y\\\\z\"")]
    [InlineData("a=*tok/en:1", "*tok/en:1")]
    [InlineData("a=:AQID:", ":AQID:")]
    [InlineData("a=::", "::")]
    [InlineData("a", "?1")]
    [InlineData("a=?0;b;c=?0", "?0;b;c=?0")]
    [InlineData("a=1;  x=2;x=3", "1;x=3")]
    [InlineData("b=1, a=2", "2")]
    [InlineData("a=1,\ta=2", "2")]
    [InlineData(" a=1 ", "1")]
    public void Member_OfADictionary_IsWrittenAsItStands(string field, string written) =>
        Assert.Equal(written, SfParser.Dictionary(field)!["a"].Item!.ToString());

    [Theory]
    [InlineData("a=()", "()")]
    [InlineData("a=( \"x\"   \"y\";key=\"z\" );n=1", "(\"x\" \"y\";key=\"z\");n=1")]
    public void InnerList_IsWrittenAsItStands(string field, string written) =>
        Assert.Equal(written, SfParser.Dictionary(field)!["a"].List!.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A=1")]
    [InlineData("a=")]
    [InlineData("a=1,")]
    [InlineData("a=1 b=2")]
    [InlineData("a=1;")]
    [InlineData("a=1;B=2")]
    [InlineData("a=\"x")]
    [InlineData("a=\"x\\y\"")]
    [InlineData("a=\"ä\"")]
    [InlineData("a=\"x\ty\"")]
    [InlineData("a=:AQ")]
    [InlineData("a=:A!ID:")]
    [InlineData("a=:AQI:")]
    [InlineData("a=?2")]
    [InlineData("a=1234567890123456")]
    [InlineData("a=1.2345")]
    [InlineData("a=1234567890123.1")]
    [InlineData("a=1.")]
    [InlineData("a=-")]
    [InlineData("a=(\"x\"")]
    [InlineData("a=(\"x\"\"y\")")]
    [InlineData("a=(1 (2))")]
    [InlineData("a=@1659578233")]
    [InlineData("a=1\0")]
    public void Field_ThatIsNoDictionary_IsNone(string? field) => Assert.Null(SfParser.Dictionary(field));

    [Fact]
    public void Field_LongerThanAllowed_IsNone() => Assert.Null(SfParser.Dictionary("a=\"" + new string('x', 8192) + "\""));
}
