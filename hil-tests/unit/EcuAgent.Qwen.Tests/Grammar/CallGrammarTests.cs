using System.Globalization;
using System.Text.Json;
using CsCheck;
using EcuAgent.Qwen.Tests.Support;
using Microsoft.Extensions.AI;
using Xunit;

namespace EcuAgent.Qwen.Tests.Grammar;

public sealed class CallGrammarTests : IDisposable
{
    private static readonly string[] Words =
    [
        "navigate to the golden dragon on castle street", "don't go to Joe's (really), go to 5th avenue", "导航到人民广场附近的麦当劳 please",
        "把温度调到23.5度", "a", "café Zoë 👍🏽 naïve", "x\"y\\z \u0001 w", "   ", "\"\\", new string('q', 200), "word " + new string('q', 200) + " end",
    ];

    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Draw_OverTheCatalogue_IsAlwaysValid(bool keepsSpace, bool takeForced)
    {
        var walk = new GrammarWalk(_files, [.. Tools.Catalogue.Cast<AIFunctionDeclaration>()]);
        var random = new Random(7);
        var names = new HashSet<string>();
        var copied = 0;
        for (var i = 0; i < 400; i++)
        {
            var utterance = Words[i % Words.Length];
            var block = walk.Draw(utterance, keepsSpace, random, takeForced);

            Assert.StartsWith("<tool_call>\n{\"name\": \"", block);
            Assert.EndsWith("}}\n</tool_call>", block);
            var json = block["<tool_call>\n".Length..^"\n</tool_call>".Length];
            using var document = JsonDocument.Parse(json);
            var arguments = document.RootElement.GetProperty("arguments").EnumerateObject().ToDictionary(static a => a.Name, static a => a.Value);
            var name = document.RootElement.GetProperty("name").GetString()!;
            CallChecker.AssertValid(Tools.Catalogue, name, arguments, utterance);
            Assert.Equal(json, Respaced(name, arguments));
            names.Add(name);
            copied += arguments.Values.Count(a => a.ValueKind == JsonValueKind.String && utterance.Contains(a.GetString()!.Trim(), StringComparison.Ordinal));
        }

        Assert.True(names.Count > 20, "the walk saw too few tools to mean anything");
        Assert.True(copied > 20, "the walk saw too few copied texts to mean anything");
    }

    [Fact]
    public void Number_RandomRange_AcceptsExactlyItsMultiplesInShortestForm()
    {
        var ranges = Gen.Select(Gen.Int[-2_000, 2_000], Gen.Int[0, 3_000_000], Gen.Int[0, 5].Select(static i => ((decimal[])[1m, 0.5m, 0.01m, 0.001m, 3m, 25m])[i]));
        ranges.Sample(
            range =>
            {
                var (low, width, step) = (range.Item1, range.Item2, range.Item3);
                var high = step is 0.5m or 3m or 25m ? low + (width % 2000) : low + width;
                if (Math.Ceiling(low / step) * step > high)
                {
                    return;
                }

                var rule = FormattableString.Invariant($"\"minimum\":{low},\"maximum\":{high},\"multipleOf\":{step}");
                var walk = new GrammarWalk(_files, [Tools.Make("t", """{"type":"object","properties":{"n":{"type":"number",RULE}},"required":["n"],"additionalProperties":false}""".Replace("RULE", rule, StringComparison.Ordinal))]);
                foreach (var value in (decimal[])[low, high, low - step, high + step, 0, (low + high) / 2m, low + step, high - step, low + (step / 2)])
                {
                    var text = value.ToString("0.#########", CultureInfo.InvariantCulture);
                    Assert.Equal(value >= low && value <= high && value % step == 0, walk.Accepts(Block(text), "x"));
                    Assert.False(walk.Accepts(Block("0" + text), "x"));
                    Assert.False(walk.Accepts(Block(text.Contains('.') ? text + "0" : text + ".0"), "x"));
                    Assert.False(walk.Accepts(Block(text + "e1"), "x"));
                }

                Assert.False(walk.Accepts(Block("-0"), "x"));
            },
            iter: 60,
            threads: 1);

        static string Block(string number) => $"<tool_call>\n{{\"name\": \"t\", \"arguments\": {{\"n\": {number}}}}}\n</tool_call>";
    }

    [Theory]
    [InlineData("golden dragon", true)]
    [InlineData("dragon", true)]
    [InlineData("olden dragon", false)]
    [InlineData("golden drag", false)]
    [InlineData("golden  dragon", false)]
    [InlineData("Golden dragon", false)]
    [InlineData(" golden", false)]
    [InlineData("", false)]
    [InlineData("人民", true)]
    [InlineData("民广场 the", true)]
    [InlineData("人民公园", false)]
    public void CopiedText_OnlyWholeWordsOfTheUtterance(string value, bool isAllowed)
    {
        var walk = new GrammarWalk(_files, [Tools.Make("go", """{"type":"object","properties":{"to":{"type":"string","maxLength":40,"x-copied-from":"utterance"}},"required":["to"]}""")]);

        Assert.Equal(isAllowed, walk.Accepts($"<tool_call>\n{{\"name\": \"go\", \"arguments\": {{\"to\": \"{value}\"}}}}\n</tool_call>", "去人民广场 the golden dragon"));
    }

    [Theory]
    [InlineData("plain text", true)]
    [InlineData("twelve chars", true)]
    [InlineData("thirteen char", false)]
    [InlineData("a \\\"b\\\" \\n", true)]
    [InlineData("a\"b", false)]
    [InlineData("a\\q", false)]
    [InlineData("温度👍", true)]
    [InlineData("", false)]
    public void FreeText_StaysInsideItsStringAndLength(string content, bool isAllowed)
    {
        var walk = new GrammarWalk(_files, [Tools.Make("t", """{"type":"object","properties":{"s":{"type":"string","minLength":1,"maxLength":12}},"required":["s"]}""")]);

        Assert.Equal(isAllowed, walk.Accepts($"<tool_call>\n{{\"name\": \"t\", \"arguments\": {{\"s\": \"{content}\"}}}}\n</tool_call>", "x"));
    }

    [Theory]
    [InlineData("{\"a\": 1, \"b\": true}", true)]
    [InlineData("{\"b\": true}", true)]
    [InlineData("{\"b\": true, \"c\": 2}", true)]
    [InlineData("{\"a\": 1}", false)]
    [InlineData("{}", false)]
    [InlineData("{\"b\": true, \"a\": 1}", false)]
    [InlineData("{\"b\": true,\"c\": 2}", false)]
    [InlineData("{\"b\": true, \"c\": 2, \"d\": 1}", false)]
    [InlineData("{\"a\": 1, \"a\": 1, \"b\": true}", false)]
    public void Properties_OrderAndOptionality_AreFixed(string arguments, bool isAllowed)
    {
        var walk = new GrammarWalk(_files, [Tools.Make("t", """
            {"type":"object","properties":{"a":{"type":"integer","minimum":0,"maximum":9},"b":{"type":"boolean"},"c":{"type":"integer","minimum":0,"maximum":9}},"required":["b"],"additionalProperties":false}
            """)]);

        Assert.Equal(isAllowed, walk.Accepts($"<tool_call>\n{{\"name\": \"t\", \"arguments\": {arguments}}}\n</tool_call>", "x"));
        Assert.False(walk.Accepts($"<tool_call>\n{{\"name\": \"u\", \"arguments\": {arguments}}}\n</tool_call>", "x"));
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","pattern":"x"}}}""", "$.properties.a.pattern")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array"}}}""", "$.properties.a.type")]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[]}}}""", "$.properties.a.type")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number","exclusiveMinimum":1}}}""", "$.properties.a.exclusiveMinimum")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number","minimum":5,"maximum":4}}}""", "$.properties.a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number","minimum":0,"maximum":1000000,"multipleOf":0.3}}}""", "$.properties.a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","enum":[]}}}""", "$.properties.a.enum")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","enum":[1]}}}""", "$.properties.a.enum")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","maxLength":-1}}}""", "$.properties.a.maxLength")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","x-copied-from":"context"}}}""", "$.properties.a.x-copied-from")]
    [InlineData("""{"type":"object","properties":{},"additionalProperties":true}""", "$.additionalProperties")]
    [InlineData("""{"type":"object","properties":{},"required":["z"]}""", "'z'")]
    [InlineData("""{"type":"object","oneOf":[]}""", "$.oneOf")]
    [InlineData("""{"type":"string"}""", "$.type")]
    [InlineData("true", "$")]
    public void Schema_OutsideTheSubset_IsRefusedWithToolAndPath(string schema, string path)
    {
        var error = Assert.Throws<QwenRequestException>(() => new GrammarWalk(_files, [Tools.Make("my_tool", schema)]));

        Assert.Equal(QwenRequestError.UnsupportedSchema, error.Error);
        Assert.Contains("'my_tool'", error.Message);
        Assert.Contains(path, error.Message);
    }

    private static string Respaced(string name, Dictionary<string, JsonElement> arguments) =>
        $"{{\"name\": \"{name}\", \"arguments\": {{{string.Join(", ", arguments.Select(static a => $"\"{a.Key}\": {a.Value.GetRawText()}"))}}}}}";
}
