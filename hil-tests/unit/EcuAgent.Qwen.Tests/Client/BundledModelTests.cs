using System.Text.Json;
using EcuAgent.Qwen.Tests.Support;
using Microsoft.Extensions.AI;
using Xunit;

namespace EcuAgent.Qwen.Tests.Client;

/// <summary>The model that ships in the repository, with the product's catalogue.</summary>
public sealed class BundledModelTests
{
    private static string SkipReason => "adapters/Qwen/model is not in this checkout";

    [Fact]
    public async Task Bundled_WarmUp_AcceptsTheCatalogue()
    {
        Assert.SkipUnless(IsThere(), SkipReason);
        using var client = new QwenChatClient(new QwenOptions { ModelDirectory = TestFiles.BundledModel });

        await client.WarmUpAsync(new ChatOptions { Tools = Tools.Catalogue });
    }

    [Theory]
    [InlineData("set the temperature to 22 degrees", "set_temperature", "degrees", "22")]
    [InlineData("take me home", "navigate_to_saved", "place", "\"home\"")]
    [InlineData("把温度调到23度", "set_temperature", "degrees", "23")]
    [InlineData("turn on the seat heating", "set_seat_heating", "level", null)]
    public async Task Bundled_PlainRequest_GivesTheExpectedCall(string utterance, string tool, string argument, string? value)
    {
        Assert.SkipUnless(IsThere(), SkipReason);
        using var client = new QwenChatClient(new QwenOptions { ModelDirectory = TestFiles.BundledModel });

        var response = await client.GetResponseAsync(
            [new ChatMessage(ChatRole.User, "[car: parked; speaker: driver]\n" + utterance)], new ChatOptions { Tools = Tools.Catalogue });

        var call = Assert.IsType<FunctionCallContent>(response.Messages[0].Contents[0]);
        Assert.Equal(tool, call.Name);
        var found = (JsonElement)call.Arguments![argument]!;
        Assert.Equal(value ?? found.GetRawText(), found.GetRawText());
    }

    private static bool IsThere() => File.Exists(Path.Combine(TestFiles.BundledModel, "manifest.json"));
}
