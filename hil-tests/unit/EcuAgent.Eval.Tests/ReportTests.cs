using System.Text.Json;
using EcuAgent.Eval.Report;
using EcuAgent.Eval.Scoring;
using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>The figures of groups and the file.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task Report_Groups_CountTheirOwnLines()
    {
        using var json = JsonDocument.Parse(ReportWriter.Text(await MixedAsync()));
        var root = json.RootElement;

        Assert.Equal(4, root.GetProperty("overall").GetProperty("count").GetInt32());
        Assert.Equal(0.5, root.GetProperty("overall").GetProperty("domain_accuracy").GetDouble());
        Assert.Equal(0.5, root.GetProperty("overall").GetProperty("exact_call").GetDouble());
        Assert.Equal(1.0, root.GetProperty("overall").GetProperty("acted_on_out_of_scope").GetDouble());
        Assert.Equal(0, root.GetProperty("overall").GetProperty("invalid_calls").GetInt32());
        Assert.Equal(1, root.GetProperty("overall").GetProperty("no_call").GetInt32());
        Assert.Equal(3, root.GetProperty("languages").GetProperty("en").GetProperty("count").GetInt32());
        Assert.Equal(1, root.GetProperty("languages").GetProperty("zh").GetProperty("count").GetInt32());
        Assert.Equal(1.0, root.GetProperty("languages").GetProperty("zh").GetProperty("domain_accuracy").GetDouble());
        Assert.Equal(2, root.GetProperty("domains").GetProperty("hvac").GetProperty("count").GetInt32());
        Assert.Equal(1.0, root.GetProperty("domains").GetProperty("hvac").GetProperty("domain_accuracy").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("domains").GetProperty("hvac").GetProperty("acted_on_out_of_scope").ValueKind);
        Assert.Equal(0, root.GetProperty("domains").GetProperty("hotel").GetProperty("count").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("domains").GetProperty("hotel").GetProperty("domain_accuracy").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("domains").GetProperty("hotel").GetProperty("latency_ms").GetProperty("p50").ValueKind);
        Assert.True(root.GetProperty("overall").GetProperty("latency_ms").GetProperty("p95").GetDouble() >= 0);
    }

    [Fact]
    public async Task Report_RightItems_AreListedByIdOnOneLine()
    {
        var text = ReportWriter.Text(await MixedAsync());

        Assert.Contains("\n  \"right\": [\"en1\"],\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_Intervals_StandBesideTheShares()
    {
        using var json = JsonDocument.Parse(ReportWriter.Text(await MixedAsync()));
        var overall = json.RootElement.GetProperty("overall");

        Assert.Equal([0.15, 0.85], overall.GetProperty("domain_accuracy_95").EnumerateArray().Select(end => Math.Round(end.GetDouble(), 3)));
        Assert.Equal([0.0945, 0.9055], overall.GetProperty("exact_call_95").EnumerateArray().Select(end => end.GetDouble()));
        Assert.Equal([0.2065, 1.0], overall.GetProperty("acted_on_out_of_scope_95").EnumerateArray().Select(end => end.GetDouble()));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("domains").GetProperty("hvac").GetProperty("acted_on_out_of_scope_95").ValueKind);
    }

    [Fact]
    public async Task Report_Confusion_HoldsEveryLineOnce()
    {
        using var json = JsonDocument.Parse(ReportWriter.Text(await MixedAsync()));
        var table = json.RootElement.GetProperty("confusion");

        Assert.Equal(2, table.GetProperty("hvac").GetProperty("hvac").GetInt32());
        Assert.Equal(1, table.GetProperty("out_of_scope").GetProperty("navigation").GetInt32());
        Assert.Equal(1, table.GetProperty("chitchat").GetProperty("(none)").GetInt32());
        Assert.Equal(4, table.EnumerateObject().SelectMany(row => row.Value.EnumerateObject()).Sum(cell => cell.Value.GetInt32()));
    }

    [Fact]
    public async Task Report_WrongItems_OneLineEachWithLegibleChinese()
    {
        var text = ReportWriter.Text(await MixedAsync());
        var lines = text.Split('\n').SkipWhile(line => line != "  \"wrong\": [").Skip(1).TakeWhile(line => line != "  ]").ToArray();

        Assert.Equal(3, lines.Length);
        using var first = JsonDocument.Parse(lines[0].TrimEnd(','));
        Assert.Equal("zh1", first.RootElement.GetProperty("id").GetString());
        Assert.Equal(["calls"], first.RootElement.GetProperty("why").EnumerateArray().Select(why => why.GetString()));
        Assert.Contains("空调二十二度", lines[0], StringComparison.Ordinal);
        Assert.Equal(22, first.RootElement.GetProperty("expected_calls")[0].GetProperty("arguments").GetProperty("degrees").GetInt32());
        Assert.Equal(23, first.RootElement.GetProperty("proposed_calls")[0].GetProperty("arguments").GetProperty("degrees").GetInt32());
        using var second = JsonDocument.Parse(lines[1].TrimEnd(','));
        Assert.Equal(["domain", "acted_on_out_of_scope"], second.RootElement.GetProperty("why").EnumerateArray().Select(why => why.GetString()));
        using var third = JsonDocument.Parse(lines[2].TrimEnd(','));
        Assert.Equal(["domain", "no_call"], third.RootElement.GetProperty("why").EnumerateArray().Select(why => why.GetString()));
    }

    [Fact]
    public async Task Report_NothingWrong_IsJson()
    {
        var scores = await Runs.ScoreAsync(new ScriptedModel().Says("fan", ("set_fan", new { level = 3 })), Runs.Line("a", "hvac", "fan"));
        using var json = JsonDocument.Parse(ReportWriter.Text(Runs.Report(scores)));

        Assert.Equal(0, json.RootElement.GetProperty("wrong").GetArrayLength());
        Assert.Equal(Runs.Catalogue.Sha256, json.RootElement.GetProperty("catalogue_sha256").GetString());
        Assert.Equal("scripted", json.RootElement.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal("set.jsonl", json.RootElement.GetProperty("sets")[0].GetProperty("file").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("machine").GetProperty("cores").GetInt32());
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 1, 2, 2)]
    [InlineData(20, 10, 19, 20)]
    [InlineData(100, 50, 95, 100)]
    [InlineData(101, 51, 96, 101)]
    public void Latency_NearestRank_OfAnyOrder(int count, double p50, double p95, double max)
    {
        var figures = LatencyFigures.Of(Enumerable.Range(1, count).Reverse().Select(i => TimeSpan.FromMilliseconds(i)));

        Assert.Equal((p50, p95, max), (figures.P50, figures.P95, figures.Max));
    }

    private static async Task<EvalReport> MixedAsync() => Runs.Report(await Runs.ScoreAsync(
        new ScriptedModel()
            .Says("fan", ("set_fan", new { level = 3 }))
            .Says("空调二十二度", ("set_temperature", new { degrees = 23 }))
            .Says("bake a cake", ("navigate_to", new { destination = "cake" }))
            .Says("hello"),
        Runs.Line("en1", "hvac", "fan", """, "calls": [{"name": "set_fan", "arguments": {"level": 3}}]"""),
        Runs.Line("zh1", "hvac", "空调二十二度", """, "calls": [{"name": "set_temperature", "arguments": {"degrees": 22}}]""", lang: "zh"),
        Runs.Line("en2", "out_of_scope", "bake a cake"),
        Runs.Line("en3", "chitchat", "hello")));
}
