using System.Text.Json.Nodes;
using EcuAgent.Core.Policy;
using Xunit;

namespace EcuAgent.Core.Tests.Policy;

/// <summary>The schema file, which editors use, and the loader, which decides, know the same words.</summary>
public class PolicySchemaTests
{
    private static readonly JsonObject Schema = PolicyDocuments.Load("policy.schema");

    [Fact]
    public void Schema_Words_AreThoseOfTheLoader()
    {
        JsonNode definitions = Schema["$defs"]!;

        Assert.Equal(PolicyVocabulary.Classes.Select(pair => pair.Word), Names(Schema["properties"]!["table"]!["properties"]));
        Assert.Equal(PolicyVocabulary.States.Select(pair => pair.Word), Names(definitions["row"]!["properties"]));
        Assert.Equal(PolicyVocabulary.States.Select(pair => pair.Word).Take(3), Names(Schema["properties"]!["confirmation"]!["properties"]));
        Assert.Equal(PolicyVocabulary.Verdicts.Select(pair => pair.Word), Texts(definitions["cell"]!["properties"]!["verdict"]!["enum"]));
        Assert.Equal(PolicyVocabulary.Channels.Select(pair => pair.Word), Texts(definitions["cell"]!["properties"]!["channel"]!["enum"]));
        Assert.Equal(PolicyVocabulary.Speakers.Select(pair => pair.Word), Texts(definitions["rule"]!["properties"]!["speakers"]!["items"]!["enum"]));
        Assert.Equal(PolicyVocabulary.States.Select(pair => pair.Word).Take(3), Texts(Schema["properties"]!["cloudHelper"]!["items"]!["enum"]));
        Assert.Equal(PolicyVocabulary.Format, (string?)Schema["properties"]!["format"]!["const"]);
    }

    [Fact]
    public void Schema_EveryRequiredMember_IsMissedByTheLoader()
    {
        Assert.All(Texts(Schema["required"]), name => AssertMissed([name]));
        Assert.All(Texts(Schema["$defs"]!["cell"]!["required"]), name => AssertMissed(["table", "inform", "parked", name]));
        Assert.All(Texts(Schema["$defs"]!["row"]!["required"]), name => AssertMissed(["table", "inform", name]));
        Assert.All(Texts(Schema["$defs"]!["rule"]!["required"]), name => AssertMissed(["confirmation", "parked", name]));
        Assert.All(Texts(Schema["$defs"]!["limits"]!["required"]), name => AssertMissed(["commitLimits", name]));
    }

    [Fact]
    public void LoadBundled_BothProfiles_HaveTheirNameAndTheFilesHash()
    {
        Assert.All(PolicyLoader.BundledProfiles, profile =>
        {
            string path = Path.Combine(AppContext.BaseDirectory, "policies", profile + ".json");
            GatePolicy bundled = PolicyLoader.LoadBundled(profile);

            Assert.Equal(profile, bundled.Profile);
            Assert.Equal(PolicyLoader.LoadFile(path).Sha256, bundled.Sha256);
            Assert.Equal(profile == "strict", bundled.CommitLimits is null);
        });
    }

    private static void AssertMissed(string[] where)
    {
        string json = PolicyFaultTests.Change(PolicyDocuments.Load("voice-confirm"), where, "-").ToJsonString();

        Assert.Contains(
            PolicyDocuments.FaultsOf(json),
            fault => fault.Path == "$." + string.Join('.', where) && fault.Value == "(missing)");
    }

    private static IEnumerable<string> Names(JsonNode? node) => node!.AsObject().Select(pair => pair.Key);

    private static IEnumerable<string> Texts(JsonNode? node) => node!.AsArray().Select(item => (string)item!);
}
