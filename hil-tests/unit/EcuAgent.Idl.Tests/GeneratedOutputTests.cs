using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using EcuAgent.IdlGen;
using Xunit;

namespace EcuAgent.Idl.Tests;

public sealed class GeneratedOutputTests
{
    public static TheoryData<string> Contracts => [.. Checkout.Contracts.Select(static x => x.Idl)];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void CheckedInOutput_GeneratedAgain_IsTheSame(string idl)
    {
        var contract = Checkout.Contracts.Single(x => x.Idl == idl);
        var (code, output, errors) = Idlgen(
        [
            "--in", Checkout.Full(idl), "--out", Checkout.Full(contract.Output), "--namespace", contract.Namespace, "--check",
            .. contract.SomeIpBits is { } bits ? ["--someip", bits.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        ]);
        Assert.Equal((CommandLine.Done, string.Empty), (code, errors));
        Assert.Contains("up to date", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_FileChangedMissingOrLeftOver_NamesEachAndFails()
    {
        var folder = Directory.CreateTempSubdirectory("idlgen-").FullName;
        try
        {
            var idl = Path.Combine(folder, "a.idl");
            File.WriteAllText(idl, "module a { @final struct One { string<3> s; }; @final struct Two { long l; }; };");
            string[] arguments = ["--in", idl, "--out", Path.Combine(folder, "out"), "--namespace", "N"];
            Assert.Equal((CommandLine.Done, "idlgen: wrote 3 files\n", string.Empty), Idlgen(arguments));
            Assert.Equal(CommandLine.Done, Idlgen([.. arguments, "--check"]).Code);

            File.Delete(Path.Combine(folder, "out", "One.g.cs"));
            File.AppendAllText(Path.Combine(folder, "out", "Two.g.cs"), "// by hand\n");
            File.WriteAllText(Path.Combine(folder, "out", "Three.g.cs"), string.Empty);
            var (code, _, errors) = Idlgen([.. arguments, "--check"]);
            Assert.Equal(CommandLine.Failed, code);
            Assert.Contains("One.g.cs: missing", errors, StringComparison.Ordinal);
            Assert.Contains("Two.g.cs: differs", errors, StringComparison.Ordinal);
            Assert.Contains("Three.g.cs: no longer in the IDL", errors, StringComparison.Ordinal);

            Assert.Equal(CommandLine.Done, Idlgen(arguments).Code);
            Assert.Equal(CommandLine.Done, Idlgen([.. arguments, "--check"]).Code);
            Assert.False(File.Exists(Path.Combine(folder, "out", "Three.g.cs")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Xml_OfTheContract_HasEveryTopicOnceOnEachSideOfTheBus()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (code, _, errors) = Idlgen("--in", Checkout.Full("idl/ecu_v1.idl"), "--xml", file, "--topics", Checkout.Full("idl/topics.json"));
            Assert.Equal((CommandLine.Done, string.Empty), (code, errors));

            var xml = XDocument.Load(file);
            string[] Names(XContainer under, string element, string? participant = null) =>
                [.. under.Descendants(element).Where(e => participant is null || e.Ancestors("domain_participant").Any(p => (string?)p.Attribute("name") == participant))
                    .Select(e => (string)e.Attribute("name")!).Order(StringComparer.Ordinal)];
            var topics = Names(xml, "topic");
            Assert.Contains("HvacCommand", topics);
            Assert.Equal(["EcuParticipants", "EcuStandbyParticipants"], Names(xml, "domain_participant_library"));
            Assert.All(xml.Descendants("domain_participant_library"), bus =>
            {
                Assert.Equal(topics, Names(bus, "data_writer"));
                Assert.Equal(topics, Names(bus, "data_reader"));
                Assert.Equal(Names(bus, "data_writer", "Vehicle"), Names(bus, "data_reader", "Cockpit"));
                Assert.Contains("HvacCommand", Names(bus, "data_reader", "Vehicle"));
            });

            var text = xml.Descendants("struct").Single(e => (string?)e.Attribute("name") == "Utterance")
                .Elements("member").Single(e => (string?)e.Attribute("name") == "alternatives");
            Assert.Equal(("string", "512", "4"), ((string?)text.Attribute("type"), (string?)text.Attribute("stringMaxLength"), (string?)text.Attribute("arrayDimensions")));
            Assert.All(xml.Descendants("struct"), e => Assert.Equal("final", (string?)e.Attribute("extensibility")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Xml_OfTheContract_OwnsExclusivelyWhatAPairWritesAndOnlyForAPair()
    {
        var file = Path.GetTempFileName();
        try
        {
            var topics = Checkout.Full("idl/topics.json");
            var (code, _, errors) = Idlgen("--in", Checkout.Full("idl/ecu_v1.idl"), "--xml", file, "--topics", topics);
            Assert.Equal((CommandLine.Done, string.Empty), (code, errors));

            var xml = XDocument.Load(file);
            XElement Library(string element, string name) => xml.Descendants(element).Single(e => (string?)e.Attribute("name") == name);
            var pair = Library("qos_library", "EcuStandbyQos");
            using var contract = JsonDocument.Parse(File.ReadAllText(topics));
            foreach (var topic in contract.RootElement.GetProperty("topics").EnumerateArray())
            {
                var name = topic.GetProperty("topic").GetString()!;
                var profile = pair.Elements("qos_profile").Single(e => (string?)e.Attribute("name") == name);
                Assert.Equal($"EcuQos::{name}", (string?)profile.Attribute("base_name"));
                string[] sides = topic.TryGetProperty("standbyOwnership", out _) ? ["datareader_qos EXCLUSIVE_OWNERSHIP_QOS", "datawriter_qos EXCLUSIVE_OWNERSHIP_QOS"] : [];
                Assert.Equal(sides, profile.Elements().Select(e => $"{e.Name} {e.Element("ownership")?.Element("kind")?.Value}"));
            }

            Assert.NotEmpty(pair.Descendants("ownership"));
            Assert.Empty(Library("qos_library", "EcuQos").Descendants("ownership"));
            string[] Profiles(string library) =>
                [.. Library("domain_participant_library", library).Descendants("data_reader").Select(e => ((string)e.Element("datareader_qos")!.Attribute("base_name")!).Split("::")[0]).Distinct()];
            Assert.Equal(["EcuQos"], Profiles("EcuParticipants"));
            Assert.Equal(["EcuStandbyQos"], Profiles("EcuStandbyParticipants"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("\"reliability\": \"reliable\", \"standbyOwnership\": \"mine\"", "topic 'One': standbyOwnership 'mine' is not known")]
    [InlineData("\"reliability\": \"perhaps\"", "topic 'One': reliability 'perhaps' is not known")]
    [InlineData("\"durability\": \"volatile\"", "reliability")]
    public void Xml_TopicsWrong_SaysWhat(string member, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("idlgen-").FullName;
        try
        {
            var (idl, topics) = (Path.Combine(folder, "a.idl"), Path.Combine(folder, "topics.json"));
            File.WriteAllText(idl, "module a { @final struct One { string<3> s; }; };");
            var more = member.Contains("durability", StringComparison.Ordinal) ? member : $"{member}, \"durability\": \"volatile\"";
            File.WriteAllText(topics, $$"""{"topics": [{"topic": "One", "type": "a::One", "direction": "in", "history": "keep-all", {{more}}}]}""");
            var (code, _, errors) = Idlgen("--in", idl, "--xml", Path.Combine(folder, "a.xml"), "--topics", topics);
            Assert.Equal(CommandLine.Failed, code);
            Assert.Contains(expected, errors, StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(folder, "a.xml")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("string<251> s", 8, null)]
    [InlineData("string<252> s", 8, "256 bytes")]
    [InlineData("long a[8][8]", 8, "264 bytes")] // 8 rows of 32 bytes and a length field each
    [InlineData("string<251> s[1]", 8, "256 bytes")]
    [InlineData("string<65531> s", 16, null)]
    [InlineData("string<65532> s", 16, "65536 bytes")]
    public void CommandLine_SomeIp_RefusesWhatALengthFieldCannotSay(string member, int bits, string? refused)
    {
        var folder = Directory.CreateTempSubdirectory("idlgen-").FullName;
        try
        {
            var idl = Path.Combine(folder, "a.idl");
            File.WriteAllText(idl, $"@final struct One {{ {member}; }};");
            var (code, _, errors) = Idlgen("--in", idl, "--out", Path.Combine(folder, "out"), "--namespace", "N", "--someip", bits.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(refused is null ? CommandLine.Done : CommandLine.Failed, code);
            Assert.Equal(refused is not null, errors.Contains($"error IDL106: '{member.Split(' ', '[')[1]}' takes up to {refused}", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("option '--topics' is missing", "--in", "x", "--xml", "y")]
    [InlineData("unknown argument '--out'", "--xml", "x", "--out", "y")]
    [InlineData("option '--namespace' is missing", "--in", "x", "--out", "y")]
    [InlineData("option '--out' needs a value", "--in", "x", "--out")]
    [InlineData("unknown argument '--force'", "--force")]
    [InlineData("option '--someip' is 8, 16 or 32, not '24'", "--in", "x", "--out", "y", "--namespace", "N", "--someip", "24")]
    public void CommandLine_WrongArguments_SaysWhichAndExitsWithTwo(string expected, params string[] arguments)
    {
        var (code, _, errors) = Idlgen(arguments);
        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void CommandLine_InputMissing_OneLineWithTheName()
    {
        var (code, _, errors) = Idlgen("--in", "nowhere.idl", "--out", "y", "--namespace", "N");
        Assert.Equal(CommandLine.Failed, code);
        Assert.StartsWith("nowhere.idl(1,1): error IDL001: cannot read 'nowhere.idl'", errors, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Errors) Idlgen(params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var errors = new StringWriter { NewLine = "\n" };
        return (CommandLine.Run(arguments, output, errors), output.ToString(), errors.ToString());
    }
}
