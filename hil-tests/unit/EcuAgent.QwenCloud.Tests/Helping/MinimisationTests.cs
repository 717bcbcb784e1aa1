using System.Text.Json.Nodes;
using EcuAgent.QwenCloud.Leaving;

namespace EcuAgent.QwenCloud.Tests.Helping;

/// <summary>Nothing that must stay in the car is in anything that a server sees.</summary>
public sealed class MinimisationTests
{
    /// <summary>Position, camera and navigation values as any way of writing them would begin; the number in the utterances.</summary>
    private static readonly string[] Planted =
    [
        "48.137", "48,137", "11.575", "11,575", "519.25", "271.5", "3.25", "0.3127", "0.8815", "Planted", "Clinic", "48.218", "11.624", "12345", "12,345", "901",
        HelperRig.Vin, HelperRig.Vin.ToLowerInvariant(), "4111", "1111", "5555", "0123", "kss", "drows", "camera", "passenger", "rear",
    ];

    [Fact]
    public async Task Request_CarFullOfSecrets_OnlyTheNamedFieldsLeave()
    {
        await using var rig = await HelperRig.StartAsync();

        await rig.AskAsync("is there something nice to do near here");

        var seen = Assert.Single(rig.Endpoint.Seen);
        var user = UserMessage(seen.Body);
        Assert.Equal(SentFields.Names, user.Select(m => m.Key));
        Assert.Equal("is there something nice to do near here", (string)user["utterance"]!);
        Assert.Equal(("en", "parked"), ((string)user["language"]!, (string)user["driving"]!));
        Assert.Equal(new AreaCell(48.1, 48.15, 11.5, 11.6), Assert.Single(rig.Record).Sent.Area);
        Assert.Equal(Assert.Single(rig.Record).Sent.ToJson(), user.ToJsonString(Relaxed));
        NothingPlanted(seen, "passenger", "rear");
    }

    [Theory]
    [InlineData("tell me something about stoicism")]
    [InlineData("给我讲讲哲学")]
    public async Task Request_NeedsNoPlace_NoAreaLeaves(string utterance)
    {
        await using var rig = await HelperRig.StartAsync();

        await rig.AskAsync(utterance);

        Assert.Equal(["utterance", "language", "driving"], UserMessage(Assert.Single(rig.Endpoint.Seen).Body).Select(m => m.Key));
    }

    [Fact]
    public async Task Request_AreaSwitchedOff_NoAreaLeaves()
    {
        await using var rig = await HelperRig.StartAsync();
        rig.Options = rig.Options with { SendArea = false };

        await rig.AskAsync("what is nearby");

        Assert.DoesNotContain("\"area\"", UserMessage(Assert.Single(rig.Endpoint.Seen).Body).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_PositionTooOld_NoAreaLeaves()
    {
        await using var rig = await HelperRig.StartAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.NotNull(OutgoingRequestBuilder.Build("what is nearby", [], rig.State.TakeSnapshot(), mayTellArea: true).Fields.Area);
        rig.Time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Null(OutgoingRequestBuilder.Build("what is nearby", [], rig.State.TakeSnapshot(), mayTellArea: true).Fields.Area);
    }

    [Theory]
    [InlineData("charge it to 4111 1111 1111 1111 near here")]
    [InlineData("my car is WVWZZZ1JZXW386752 what is that")]
    [InlineData("my car is w v w z z z 1 j z x w 3 8 6 7 5 2 what is that")]
    [InlineData("tell 5555 0123 4567 I am at 48.137432 11.575491")]
    public async Task Request_SecretsInTheUtterance_AreMasked(string utterance)
    {
        await using var rig = await HelperRig.StartAsync();

        await rig.AskAsync(utterance);

        NothingPlanted(Assert.Single(rig.Endpoint.Seen), "passenger", "rear");
        Assert.All(
            Directory.GetFiles(rig.Folder),
            file => Assert.All(
                Planted.Append(TestKey.Secret),
                secret => Assert.DoesNotContain(secret, File.ReadAllText(file).Replace(rig.Options.Origin, "", StringComparison.Ordinal), StringComparison.Ordinal)));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    private static JsonObject UserMessage(string body)
    {
        var messages = JsonNode.Parse(body)!["messages"]!.AsArray();
        Assert.Equal(["system", "user"], messages.Select(m => (string)m!["role"]!));
        return JsonNode.Parse((string)messages[1]!["content"]!)!.AsObject();
    }

    // The catalogue itself has words such as "passenger"; they are searched in the messages, all else everywhere.
    private static void NothingPlanted(SeenRequest seen, params string[] catalogueWords)
    {
        Assert.All(Planted.Except(catalogueWords), secret => Assert.DoesNotContain(secret, seen.Everything, StringComparison.Ordinal));
        Assert.All(catalogueWords, word => Assert.DoesNotContain(word, UserMessage(seen.Body).ToJsonString(), StringComparison.Ordinal));
    }
}
