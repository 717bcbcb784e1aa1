using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Tests.Support;
using Microsoft.Extensions.AI;
using Xunit;

namespace EcuAgent.Qwen.Tests.Priors;

/// <summary>A prior in the package of a model of random weights, with the two tools that its tokenizer has openings for.</summary>
public sealed class PriorClientTests : IDisposable
{
    private const string Said = "take me to the golden dragon";
    private readonly TestFiles _files = new();
    private readonly string _package;
    private readonly ChatOptions _options = new()
    {
        Tools =
        [
            Tools.Make("set_temperature", """{"type":"object","properties":{"degrees":{"type":"number","minimum":16,"maximum":30,"multipleOf":0.5}},"required":["degrees"],"additionalProperties":false}"""),
            Tools.Make("navigate_to", """{"type":"object","properties":{"destination":{"type":"string","maxLength":80,"x-copied-from":"utterance"}},"required":["destination"],"additionalProperties":false}"""),
        ],
    };

    public PriorClientTests()
    {
        _package = TinyModel.Export(_files, new TinyCheckpoint());
        var fingerprint = CatalogueFingerprint.Compute(_options.Tools!.OfType<AIFunctionDeclaration>().Select(static t => (t.Name, t.JsonSchema)));
        TinyModel.EditManifest(_package, manifest => manifest with { CatalogueSha256 = fingerprint });
    }

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("set_temperature", "navigate_to")]
    [InlineData("navigate_to", "set_temperature")]
    public async Task Prior_VerySure_DecidesTheFirstTool(string favoured, string other)
    {
        PriorFile.Add(_package, PriorFile.Of((other, -100), (favoured, 100)));

        Assert.Equal(favoured, (await AskAsync(Said)).Name);
        Assert.Equal(favoured, (await AskAsync(Said, static o => o with { ReduceHead = false, AppendForcedTokens = false })).Name);
    }

    [Fact]
    public async Task Prior_WithoutPreference_ChangesNothing()
    {
        var plain = await AskAsync(Said);
        PriorFile.Add(_package, PriorFile.Of(("set_temperature", 0), ("navigate_to", 0)));

        Assert.Equal(plain.Name, (await AskAsync(Said)).Name);
    }

    [Fact]
    public async Task Prior_NoLetterSaidOrEarlierExchange_IsLeftOut()
    {
        ChatMessage[] earlier =
        [
            new(ChatRole.User, "[car: parked; speaker: driver]\nset the temperature to 22"),
            new(ChatRole.Assistant, [new FunctionCallContent("1", "set_temperature", new Dictionary<string, object?> { ["degrees"] = 22 })]),
        ];
        var (plain, after) = ((await AskAsync("?")).Name, (await AskAsync(Said, earlier: earlier)).Name);
        foreach (var favoured in (string[])["set_temperature", "navigate_to"])
        {
            PriorFile.Add(_package, PriorFile.Of(("set_temperature", favoured == "set_temperature" ? 100 : -100), ("navigate_to", favoured == "navigate_to" ? 100 : -100)));

            Assert.Equal(plain, (await AskAsync("?")).Name);
            Assert.Equal(after, (await AskAsync(Said, earlier: earlier)).Name);
        }
    }

    [Fact]
    public async Task Prior_UnknownTool_LeavesTheChoiceToTheModel()
    {
        var plain = (await AskAsync(Said)).Name;
        foreach (var tool in (string[])["set_temperature", "navigate_to"])
        {
            PriorFile.Add(_package, PriorFile.Of((tool, 100), ("something_else", 0)));

            Assert.Equal(plain, (await AskAsync(Said)).Name);
        }
    }

    [Fact]
    public void Prior_OneByteChanged_IsHashMismatch()
    {
        PriorFile.Add(_package, PriorFile.Of(("set_temperature", 0), ("navigate_to", 0)));
        var path = Path.Combine(_package, "prior.bin");
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);

        var refused = Assert.Throws<QwenModelException>(() => new QwenChatClient(new QwenOptions { ModelDirectory = _package }));

        Assert.Equal(QwenModelError.HashMismatch, refused.Error);
        Assert.EndsWith("prior.bin", refused.Path, StringComparison.Ordinal);
    }

    private async Task<FunctionCallContent> AskAsync(string said, Func<QwenOptions, QwenOptions>? change = null, ChatMessage[]? earlier = null)
    {
        var options = new QwenOptions { ModelDirectory = _package, MaxOutputTokens = 64, MaxCalls = 1 };
        using var client = new QwenChatClient(change?.Invoke(options) ?? options);
        var response = await client.GetResponseAsync([.. earlier ?? [], new(ChatRole.User, "[car: parked; speaker: driver]\n" + said)], _options, TestContext.Current.CancellationToken);
        return Assert.IsType<FunctionCallContent>(response.Messages[0].Contents[0]);
    }
}
