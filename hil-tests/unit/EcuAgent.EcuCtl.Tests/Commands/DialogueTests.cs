using System.Globalization;
using System.Text.Json.Nodes;
using EcuAgent.EcuCtl.Tests.Support;
using EcuAgent.ToolBus;
using Xunit;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Tests.Commands;

/// <summary><c>say</c> and <c>confirm</c> as processes of their own against a small responder on real DDS.</summary>
public sealed class DialogueTests : IDisposable
{
    private readonly TestBus _bus = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuctl-test-");

    private string[] OnBus => ["--domain", _bus.Domain.ToString(CultureInfo.InvariantCulture)];

    private (string, string?) Runtime => ("XDG_RUNTIME_DIR", _folder.FullName);

    public void Dispose()
    {
        _bus.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Say_Answered_PrintsWhatHappenedInOrderAndConfirmAnswersTheQuestion()
    {
        using var responder = new Responder(_bus);
        var say = CtlProcess.RunAsync(
            ["say", "make it 22.5", "--zone", "passenger", "--confidence", "0.75", "--alternative", "make it 23", .. OnBus], Runtime);
        var heard = Assert.IsType<BusSample<V1.Utterance>>(await responder.ServeAsync(_bus.Token)).Sample;
        var said = await say;

        Assert.Equal(
            ("make it 22.5", 0.75, "en", V1.CabinZone.Passenger, 1, "make it 23", 1u),
            (heard.Text.ToString(), heard.AsrConfidence, heard.Language.ToString(), heard.SpeakerZone, heard.AlternativeCount, heard.Alternatives[0].ToString(), heard.SequenceNumber));
        Assert.Equal((0, ""), (said.Code, said.Errors));
        Assert.Equal(
            [
                "decision  allow set_temperature [comfort, parked, allowed]",
                "command   hvac set_temperature 22.5 C driver",
                "outcome   completed 22.5",
                $"reply     Set to 22.5 degrees. Anything else? 好  (question {Responder.Question})",
                $"answer with: ecuctl confirm yes|no --question {Responder.Question}",
            ],
            said.Lines);

        var confirm = CtlProcess.RunAsync(["confirm", "no", .. OnBus], Runtime);
        var answer = Assert.IsType<BusSample<V1.Confirmation>>(await responder.ServeAsync(_bus.Token)).Sample;
        var confirmed = await confirm;

        Assert.Equal((Responder.Question, false, V1.CabinZone.Driver), (answer.QuestionId.ToString(), answer.Yes, answer.SpeakerZone));
        Assert.Equal((0, "reply     Done.\n"), (confirmed.Code, confirmed.Output));

        var again = await CtlProcess.RunAsync(["confirm", "no", .. OnBus], Runtime);
        Assert.Equal(2, again.Code);
        Assert.Contains("no open question is remembered", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Say_Json_OneObjectALineAndAResult()
    {
        using var responder = new Responder(_bus);
        var say = CtlProcess.RunAsync(["say", "@22.5 度", "--json", .. OnBus], Runtime);
        var heard = Assert.IsType<BusSample<V1.Utterance>>(await responder.ServeAsync(_bus.Token)).Sample;
        var said = await say;

        Assert.Equal(("@22.5 度", "zh"), (heard.Text.ToString(), heard.Language.ToString()));
        var lines = said.Lines.Select(l => JsonNode.Parse(l)!).ToArray();
        Assert.Equal(["decision", "command", "outcome", "reply", "result"], lines.Select(l => (string)l["event"]!));
        Assert.Equal(22.5, (double)lines[1]["temperature_celsius"]!);
        Assert.True((bool)lines[4]["answered"]!);
        Assert.Equal(heard.UtteranceId.ToString(), (string)lines[4]["utterance_id"]!);
        Assert.Equal(Responder.Question, (string)lines[4]["open_question_id"]!);
    }

    [Fact]
    public async Task Say_ServiceKeepsSilent_EndsWithThree()
    {
        using var responder = new Responder(_bus);
        var say = CtlProcess.RunAsync(["say", "hello", "--timeout", "8", "--json", .. OnBus], Runtime);
        await responder.ServeAsync(_bus.Token, answer: false);
        var said = await say;

        Assert.Equal(3, said.Code);
        Assert.Contains("no reply within 8 s", said.Errors, StringComparison.Ordinal);
        Assert.False((bool)JsonNode.Parse(Assert.Single(said.Lines))!["answered"]!);
    }

    [Fact]
    public async Task Confirm_QuestionNobodyAsked_EndsWithThreeAndNamesIt()
    {
        using var responder = new Responder(_bus);
        var confirm = CtlProcess.RunAsync(["confirm", "yes", "--question", "q-old", "--timeout", "8", .. OnBus], Runtime);
        Assert.Equal("q-old", Assert.IsType<BusSample<V1.Confirmation>>(await responder.ServeAsync(_bus.Token, answer: false)).Sample.QuestionId.ToString());
        var confirmed = await confirm;

        Assert.Equal(3, confirmed.Code);
        Assert.Contains("question q-old may have run out", confirmed.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("say", "hello")]
    [InlineData("confirm", "yes", "--question", "q1")]
    public async Task Speak_NobodyOnTheBus_EndsWithFour(params string[] arguments)
    {
        var said = await CtlProcess.RunAsync([.. arguments, "--timeout", "1", .. OnBus], Runtime);

        Assert.Equal(4, said.Code);
        Assert.Contains($"no service was found on domain {_bus.Domain}", said.Errors, StringComparison.Ordinal);
    }
}
