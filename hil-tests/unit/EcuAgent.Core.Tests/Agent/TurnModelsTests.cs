using EcuAgent.Core.Agent;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

public sealed class TurnModelsTests
{
    [Fact]
    public void Of_MoreUtterancesThanRemembered_TheOldestIsForgotten()
    {
        var models = new TurnModels();
        for (var i = 0; i <= TurnModels.Remembered; i++)
        {
            models.Add($"u-{i}", $"local:{i}");
        }

        Assert.Null(models.Of("u-0"));
        Assert.Equal("local:1", models.Of("u-1"));
        Assert.Equal($"local:{TurnModels.Remembered}", models.Of($"u-{TurnModels.Remembered}"));
        Assert.Null(models.Of(null));
    }

    [Fact]
    public void Of_SameUtteranceTwice_TheLaterModelAndOnePlace()
    {
        var models = new TurnModels();
        models.Add("u", "local:a");
        models.Add("u", "cloud:b");

        Assert.Equal("cloud:b", models.Of("u"));
    }

    [Theory]
    [InlineData("cloud:qwen-plus", "cloud:qwen-plus")]
    [InlineData("ecuagent-compact-2", "local:ecuagent-compact-2")]
    [InlineData("", "local:")]
    [InlineData(null, "local:")]
    public void ModelOrigin_OfAModelId_NamesOriginAndModel(string? modelId, string expected) => Assert.Equal(expected, ModelOrigin.Of(modelId));
}
