using EcuAgent.Eval.Report;
using EcuAgent.Eval.Scoring;
using Xunit;

namespace EcuAgent.Eval.Tests;

/// <summary>How arguments are counted.</summary>
public sealed class SlotTests
{
    private const string Warm = """, "calls": [{"name": "set_temperature", "arguments": {"degrees": 22, "zone": "driver"}}]""";
    private const string Status = """, "calls": [{"name": "get_vehicle_status", "arguments": {"about": "fuel"}}, {"name": "get_vehicle_status", "arguments": {"about": "range"}}]""";

    public static TheoryData<object, int[]> Temperatures => new()
    {
        { new { degrees = 22, zone = "driver" }, [2, 0, 0, 0] },
        { new { degrees = 22.0 }, [1, 0, 1, 0] },
        { new { degrees = 23, zone = "driver" }, [1, 1, 0, 0] },
        { new { degrees = 23, zone = "rear" }, [0, 2, 0, 0] },
        { new { degrees = 500, zone = "driver" }, [0, 0, 2, 0] },
    };

    [Theory]
    [MemberData(nameof(Temperatures))]
    public async Task SameTool_Arguments_RightWrongOrMissing(object arguments, int[] expected) =>
        Assert.Equal(new SlotFigures(expected[0], expected[1], expected[2], expected[3]), (await ReportAsync("warm", Warm, ("set_temperature", arguments))).Overall.Slots);

    [Fact]
    public async Task SameTool_ArgumentTooMuch_IsExtra() =>
        Assert.Equal(
            new SlotFigures(1, 0, 0, 1),
            (await ReportAsync("fan", """, "calls": [{"name": "set_temperature", "arguments": {"degrees": 22}}]""", ("set_temperature", new { degrees = 22, zone = "all" }))).Overall.Slots);

    [Fact]
    public async Task OtherTool_Arguments_OfBothCallsCount() =>
        Assert.Equal(new SlotFigures(0, 0, 2, 1), (await ReportAsync("warm", Warm, ("set_fan", new { level = 2 }))).Overall.Slots);

    [Fact]
    public async Task NoCall_Arguments_AreMissing() => Assert.Equal(new SlotFigures(0, 0, 2, 0), (await ReportAsync("warm", Warm)).Overall.Slots);

    [Fact]
    public async Task SeveralCallsOfATool_Arguments_EqualCallsFindEachOther() =>
        Assert.Equal(new SlotFigures(1, 0, 1, 0), (await ReportAsync("both", Status, ("get_vehicle_status", new { about = "range" }))).Overall.Slots);

    [Fact]
    public async Task OtherOrder_Arguments_AreRightThoughTheCallsAreNotExact()
    {
        var report = await ReportAsync("both", Status, ("get_vehicle_status", new { about = "range" }), ("get_vehicle_status", new { about = "fuel" }));

        Assert.Equal(new SlotFigures(2, 0, 0, 0), report.Overall.Slots);
        Assert.Equal(0, report.Overall.ExactCall);
    }

    [Fact]
    public async Task LineWithoutGold_Arguments_AreNotCounted() => Assert.Equal(new SlotFigures(0, 0, 0, 0), (await ReportAsync("warm", "", ("set_fan", new { level = 2 }))).Overall.Slots);

    [Theory]
    [InlineData(6, 1, 2, 1, 0.75, 0.6667, 0.7059)]
    [InlineData(0, 0, 3, 0, null, 0.0, 0.0)]
    [InlineData(0, 0, 0, 3, 0.0, null, 0.0)]
    [InlineData(0, 0, 0, 0, null, null, null)]
    public void Figures_Shares_PrecisionRecallAndTheirMean(int right, int wrong, int missing, int extra, double? precision, double? recall, double? f1)
    {
        var figures = new SlotFigures(right, wrong, missing, extra);

        Assert.Equal((precision, recall, f1), (figures.Precision, figures.Recall, figures.F1));
    }

    [Fact]
    public async Task Report_Slots_ByToolAndArgument()
    {
        var report = await ReportAsync("warm", Warm, ("set_temperature", new { degrees = 22, zone = "rear" }), ("set_fan", new { level = 2 }));

        Assert.Equal(["set_temperature", "set_fan"], report.Slots.Keys);
        Assert.Equal(new SlotFigures(1, 0, 0, 0), report.Slots["set_temperature"]["degrees"]);
        Assert.Equal(new SlotFigures(0, 1, 0, 0), report.Slots["set_temperature"]["zone"]);
        Assert.Equal(new SlotFigures(0, 0, 0, 1), report.Slots["set_fan"]["level"]);
    }

    [Fact]
    public async Task Report_ValueConfusion_WordsAndFlagsOfPairedCallsWhereAnyDiffers()
    {
        var scores = await Runs.ScoreAsync(
            new ScriptedModel()
                .Says("a", ("set_temperature", new { degrees = 20, zone = "rear" }))
                .Says("b", ("set_temperature", new { degrees = 22 }))
                .Says("c", ("set_climate", new { device = "heater", on = false }))
                .Says("d", ("set_fan", new { level = 1 })),
            Runs.Line("1", "hvac", "a", Warm),
            Runs.Line("2", "hvac", "b", Warm),
            Runs.Line("3", "hvac", "c", """, "calls": [{"name": "set_climate", "arguments": {"device": "heater", "on": true}}]"""),
            Runs.Line("4", "hvac", "d", Warm));
        var table = Runs.Report(scores).ValueConfusion;

        Assert.Equal(["set_temperature.zone", "set_climate.on"], table.Keys);
        Assert.Equal(new Dictionary<string, int> { ["rear"] = 1, [SlotTables.LeftOut] = 1 }, table["set_temperature.zone"]["driver"]);
        Assert.Equal(new Dictionary<string, int> { ["false"] = 1 }, table["set_climate.on"]["true"]);
    }

    private static async Task<EvalReport> ReportAsync(string utterance, string gold, params (string Name, object? Arguments)[] calls) =>
        Runs.Report(await Runs.ScoreAsync(new ScriptedModel().Says(utterance, calls), Runs.Line("a", "hvac", utterance, gold)));
}
