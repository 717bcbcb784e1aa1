using System.Text;
using System.Text.Json.Nodes;
using EcuAgent.Core.Policy;
using Xunit;

namespace EcuAgent.Core.Tests.Policy;

public class PolicyFaultTests
{
    /// <summary>Profile; where (path of members); new value as JSON, or "-" to remove; the one fault expected: path, value, words of the problem.</summary>
    public static TheoryData<string, string, string, string, string, string> Faults() => new()
    {
        { "strict", "format", "\"ecuagent-policy/2\"", "$.format", "\"ecuagent-policy/2\"", "ecuagent-policy/1" },
        { "strict", "format", "1", "$.format", "1", "ecuagent-policy/1" },
        { "strict", "format", "-", "$.format", "(missing)", "must be given" },
        { "strict", "profile", "\"Strict\"", "$.profile", "\"Strict\"", "lower-case" },
        { "strict", "profile", "\"\"", "$.profile", "\"\"", "1 to 32" },
        { "strict", "profile", "\"a23456789012345678901234567890123\"", "$.profile", "\"a23456789012345678901234567890123\"", "1 to 32" },
        { "strict", "description", "7", "$.description", "7", "text" },
        { "strict", "$schema", "7", "$.$schema", "7", "text" },
        { "strict", "colour", "\"red\"", "$.colour", "\"red\"", "unknown member" },
        { "strict", "table", "[]", "$.table", "[]", "must be an object" },
        { "strict", "table.inform", "-", "$.table.inform", "(missing)", "must be given" },
        { "strict", "table.fly", "{}", "$.table.fly", "{}", "unknown member" },
        { "strict", "table.inform.moving", "-", "$.table.inform.moving", "(missing)", "must be given" },
        { "strict", "table.inform.flying", "{}", "$.table.inform.flying", "{}", "unknown member" },
        { "strict", "table.inform.parked", "\"allow\"", "$.table.inform.parked", "\"allow\"", "must be an object" },
        { "strict", "table.inform.parked.verdict", "-", "$.table.inform.parked.verdict", "(missing)", "must be given" },
        { "strict", "table.inform.parked.verdict", "\"permit\"", "$.table.inform.parked.verdict", "\"permit\"", "deny, defer, confirm, allow" },
        { "strict", "table.inform.parked.verdict", "\"Allow\"", "$.table.inform.parked.verdict", "\"Allow\"", "must be one of" },
        { "strict", "table.inform.parked.verdict", "null", "$.table.inform.parked.verdict", "null", "must be one of" },
        { "strict", "table.inform.unknown.channel", "\"hand\"", "$.table.inform.unknown.channel", "\"hand\"", "any, voice" },
        { "strict", "table.inform.moving.maxSentences", "0", "$.table.inform.moving.maxSentences", "0", "from 1 to 20" },
        { "strict", "table.inform.unknown.maxOptions", "\"3\"", "$.table.inform.unknown.maxOptions", "\"3\"", "whole number" },
        { "strict", "table.inform.unknown.maxOptions", "1.5", "$.table.inform.unknown.maxOptions", "1.5", "whole number" },
        { "strict", "table.inform.unknown.maxOptions", "21", "$.table.inform.unknown.maxOptions", "21", "from 1 to 20" },
        { "strict", "table.commit.unknown.channel", "\"voice\"", "$.table.commit.unknown.channel", "\"voice\"", "no effect" },
        { "strict", "table.commit.parked.maxOptions", "3", "$.table.commit.parked.maxOptions", "3", "no effect" },
        { "strict", "table.setup.moving", "{\"verdict\": \"allow\"}", "$.table.setup.moving", "allow by any channel", "looser than the hard floor, deny" },
        { "strict", "table.commit.parked", "{\"verdict\": \"allow\"}", "$.table.commit.parked", "allow by any channel", "looser than the hard floor, confirm" },
        { "strict", "table.commit.unknown", "{\"verdict\": \"confirm\", \"channel\": \"voice\"}", "$.table.commit.unknown", "confirm by voice", "looser than the hard floor, defer" },
        { "strict", "table.inform.moving.maxSentences", "3", "$.table.inform.moving", "allow by any channel, 3 sentences", "looser than the hard floor" },
        { "strict", "table.browse.moving.maxOptions", "-", "$.table.browse.moving", "allow by voice", "looser than the hard floor" },
        { "strict", "table.navigate.moving.channel", "\"any\"", "$.table.navigate.moving", "allow by any channel", "looser than the hard floor" },
        { "strict", "table.comfort.moving", "{\"verdict\": \"deny\"}", "$.table.comfort.unknown", "allow by any channel", "looser than moving, deny" },
        { "strict", "table.inform.moving.maxSentences", "1", "$.table.inform.unknown", "allow by any channel, 2 sentences", "looser than moving" },
        { "strict", "confirmation", "{}", "$.confirmation.parked", "(missing)", "confirms something" },
        { "strict", "confirmation.unknown", "{}", "$.confirmation.unknown", "{}", "unknown member" },
        { "strict", "confirmation.parked.answerWithinSeconds", "0", "$.confirmation.parked.answerWithinSeconds", "0", "from 1 to 120" },
        { "strict", "confirmation.parked.answerWithinSeconds", "1e999", "$.confirmation.parked.answerWithinSeconds", "1e999", "from 1 to 120" },
        { "strict", "confirmation.parked.minimumConfidence", "0.49", "$.confirmation.parked.minimumConfidence", "0.49", "from 0.5 to 1" },
        { "strict", "confirmation.parked.speakers", "[]", "$.confirmation.parked.speakers", "[]", "at least one" },
        { "strict", "confirmation.parked.speakers", "[\"driver\", \"driver\"]", "$.confirmation.parked.speakers[1]", "\"driver\"", "twice" },
        { "strict", "confirmation.parked.speakers", "[\"unknown\"]", "$.confirmation.parked.speakers[0]", "\"unknown\"", "must be one of" },
        { "strict", "cloudHelper", "true", "$.cloudHelper", "true", "at least one state" },
        { "strict", "cloudHelper", "[]", "$.cloudHelper", "[]", "at least one state" },
        { "strict", "cloudHelper", "[\"parked\", \"unknown\"]", "$.cloudHelper[1]", "\"unknown\"", "must be one of" },
        { "strict", "cloudHelper", "[\"parked\", \"parked\"]", "$.cloudHelper[1]", "\"parked\"", "twice" },
        { "strict", "cloudHelper", "[\"parked\", \"moving\"]", "$.cloudHelper", "[\"parked\",\"moving\"]", "without idling" },
        { "voice-confirm", "confirmation.moving", "-", "$.confirmation.moving", "(missing)", "confirms something" },
        { "voice-confirm", "confirmation.moving.answerWithinSeconds", "9", "$.confirmation.moving.answerWithinSeconds", "9", "at most 8" },
        { "voice-confirm", "confirmation.moving.minimumConfidence", "0.6", "$.confirmation.moving.minimumConfidence", "0.6", "looser than parked" },
        { "voice-confirm", "confirmation.idling.speakers", "[\"driver\", \"rear_left\"]", "$.confirmation.idling.speakers", "Driver, RearLeft", "front seats" },
        { "voice-confirm", "commitLimits", "-", "$.commitLimits", "(missing)", "must be given" },
        { "voice-confirm", "commitLimits.maximumDrowsinessKss", "8", "$.commitLimits.maximumDrowsinessKss", "8", "from 1 to 7" },
        { "voice-confirm", "commitLimits.minimumAsrConfidence", "0.1", "$.commitLimits.minimumAsrConfidence", "0.1", "from 0.5 to 1" },
        { "voice-confirm", "commitLimits.minimumAttentionProbability", "-", "$.commitLimits.minimumAttentionProbability", "(missing)", "must be given" },
        { "voice-confirm", "commitLimits.maxMinorUnitsPerOrder.eur", "5", "$.commitLimits.maxMinorUnitsPerOrder.eur", "5", "ISO 4217" },
        { "voice-confirm", "commitLimits.maxMinorUnitsPerOrder.GBP", "5", "$.commitLimits.maxMinorUnitsPerTrip.GBP", "(missing)", "cap per order" },
        { "voice-confirm", "commitLimits.maxMinorUnitsPerOrder.EUR", "-", "$.commitLimits.maxMinorUnitsPerOrder.EUR", "(missing)", "cap per trip" },
        { "voice-confirm", "commitLimits.maxMinorUnitsPerOrder.EUR", "9000", "$.commitLimits.maxMinorUnitsPerTrip.EUR", "8000", "at least the cap per order" },
        { "voice-confirm", "commitLimits.maxMinorUnitsPerTrip.EUR", "1000001", "$.commitLimits.maxMinorUnitsPerTrip.EUR", "1000001", "whole number" },
        { "voice-confirm", "table.commit.moving.channel", "\"any\"", "$.table.commit.moving", "confirm by any channel", "looser than" },
        { "voice-confirm", "table.browse.moving", "{\"verdict\": \"confirm\", \"channel\": \"voice\"}", "$.table.browse.moving.verdict", "\"confirm\"", "only a commit" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Parse_OneMemberSpoiled_NamesPathValueAndProblem(
        string profile, string where, string value, string path, string shown, string problem)
    {
        JsonObject document = PolicyDocuments.Load(profile);
        string json = Change(document, where.Split('.'), value).ToJsonString();

        IReadOnlyList<PolicyFault> faults = PolicyDocuments.FaultsOf(json);

        Assert.Contains(faults, fault => fault.Path == path && fault.Value == shown && fault.Problem.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_SeveralMembersSpoiled_ListsThemAll()
    {
        JsonObject document = PolicyDocuments.Load("voice-confirm");
        Change(document, ["table", "setup", "moving", "verdict"], "\"allow\"");
        Change(document, ["table", "inform", "parked", "verdict"], "\"maybe\"");
        Change(document, ["commitLimits", "maximumDrowsinessKss"], "9");
        Change(document, ["extra"], "true");

        string[] paths = [.. PolicyDocuments.FaultsOf(document.ToJsonString()).Select(fault => fault.Path)];

        Assert.Contains("$.extra", paths);
        Assert.Contains("$.table.inform.parked.verdict", paths);
        Assert.Contains("$.commitLimits.maximumDrowsinessKss", paths);
        Assert.Contains("$.table.setup.moving", paths);
    }

    [Fact]
    public void Parse_MemberTwice_IsAFault()
    {
        string json = PolicyDocuments.Text("strict").Replace(
            "\"format\": \"ecuagent-policy/1\",", "\"format\": \"ecuagent-policy/1\", \"format\": \"ecuagent-policy/1\",", StringComparison.Ordinal);

        PolicyFault fault = Assert.Single(PolicyDocuments.FaultsOf(json));

        Assert.Equal(("$.format", "stands twice"), (fault.Path, fault.Problem));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("\"strict\"")]
    [InlineData("{\"profile\": \"\\ud800\"}")]
    public void Parse_NoPolicyAtAll_IsAPolicyException(string json) =>
        Assert.NotEmpty(Assert.Throws<PolicyException>(() => PolicyDocuments.Parse(json)).Faults);

    [Fact]
    public void Parse_EveryPrefixOfTheFile_IsAPolicyException()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(PolicyDocuments.Text("strict").TrimEnd());

        for (int length = 0; length < bytes.Length; length++)
        {
            byte[] prefix = bytes[..length];
            Assert.Throws<PolicyException>(() => PolicyLoader.Parse(prefix, "cut.json"));
        }
    }

    [Fact]
    public void LoadFile_MissingOrHuge_NamesTheFile()
    {
        string missing = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        PolicyException absent = Assert.Throws<PolicyException>(() => PolicyLoader.LoadFile(missing));
        Assert.Contains(missing, absent.Message, StringComparison.Ordinal);

        string huge = Path.GetTempFileName();
        File.WriteAllBytes(huge, new byte[PolicyLoader.MaximumFileBytes + 1]);
        PolicyException large = Assert.Throws<PolicyException>(() => PolicyLoader.LoadFile(huge));
        File.Delete(huge);
        Assert.Contains("65537 bytes", large.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadBundled_UnknownName_NamesIt()
    {
        PolicyException e = Assert.Throws<PolicyException>(() => PolicyLoader.LoadBundled("lenient"));

        Assert.Contains("lenient", e.Message, StringComparison.Ordinal);
    }

    internal static JsonObject Change(JsonObject document, string[] where, string value)
    {
        JsonObject parent = document;
        foreach (string name in where[..^1])
        {
            parent = parent[name]!.AsObject();
        }

        if (value == "-")
        {
            parent.Remove(where[^1]);
        }
        else
        {
            parent[where[^1]] = JsonNode.Parse(value);
        }

        return document;
    }
}
