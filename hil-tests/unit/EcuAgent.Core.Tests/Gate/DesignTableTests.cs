using System.Globalization;
using EcuAgent.Core.Gate;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Gate;

/// <summary>
/// The gate's table, row by row, as the project's rules state it. Read it as: this class of action, asked for in this way,
/// in this state of the car, has this answer. "yes" is done at once; "ask" needs read-back and an explicit yes; "later"
/// waits until the car is parked; "no" is refused. Numbers are the most sentences or options that may be spoken.
/// </summary>
public class DesignTableTests
{
    private const string StrictTable = """
        class    | asked by | Parked | Idling               | Moving                     | Unknown
        Inform   | voice    | yes    | yes                  | yes 2 sentences            | yes 2 sentences
        Inform   | touch    | yes    | yes                  | yes 2 sentences            | yes 2 sentences
        Comfort  | voice    | yes    | yes                  | yes                        | yes
        Comfort  | touch    | yes    | yes                  | yes                        | yes
        Navigate | voice    | yes    | yes                  | yes                        | yes
        Navigate | touch    | yes    | yes                  | no voice_only              | no voice_only
        Browse   | voice    | yes    | yes 3 options        | yes 3 options              | yes 3 options
        Browse   | touch    | yes    | no voice_only        | no voice_only              | no voice_only
        Prepare  | voice    | yes    | yes                  | yes                        | later deferred_while_state_unknown
        Prepare  | touch    | yes    | no voice_only        | no voice_only              | later deferred_while_state_unknown
        Commit   | voice    | ask    | later deferred_while_idling | later deferred_while_moving | later deferred_while_state_unknown
        Commit   | touch    | ask    | later deferred_while_idling | later deferred_while_moving | later deferred_while_state_unknown
        Setup    | voice    | yes    | no not_while_idling  | no not_while_moving        | no not_while_state_unknown
        Setup    | touch    | yes    | no not_while_idling  | no not_while_moving        | no not_while_state_unknown
        """;

    // The same but for a purchase in traffic, here one within every limit, by an awake and attentive driver.
    private const string VoiceConfirmCommitRows = """
        class    | asked by | Parked | Idling               | Moving                     | Unknown
        Commit   | voice    | ask    | ask                  | ask                        | later deferred_while_state_unknown
        Commit   | touch    | ask    | no voice_only        | no voice_only              | later deferred_while_state_unknown
        """;

    public static TheoryData<string, string, string, string, string> Rows()
    {
        TheoryData<string, string, string, string, string> rows = [];
        AddRows(rows, "strict", StrictTable, _ => true);
        AddRows(rows, "voice-confirm", StrictTable, actionClass => actionClass != "Commit");
        AddRows(rows, "voice-confirm", VoiceConfirmCommitRows, _ => true);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Decide_CellOfTheTable_GivesTheStatedAnswer(string profile, string actionClass, string askedBy, string state, string answer)
    {
        GateDecision decision = ActionGate.Decide(
            GateFixtures.Request(Enum.Parse<ActionClass>(actionClass), Enum.Parse<InputChannel>(askedBy, ignoreCase: true)),
            GateFixtures.Situation(Enum.Parse<DrivingState>(state)),
            GateFixtures.Policy(profile));

        Assert.Equal(answer, InWords(decision));
        Assert.Equal(Enum.Parse<DrivingState>(state), decision.State);
    }

    [Fact]
    public void Rows_CoverEveryClassStateAndChannelOfBothProfiles()
    {
        int classes = Enum.GetValues<ActionClass>().Length;

        Assert.Equal(2 * classes * GateFixtures.States.Length * 2, Rows().Count);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Decide_ChannelNotKnown_IsNeverLooserThanTouch(string profile, string actionClass, string askedBy, string state, string answer)
    {
        _ = answer;
        if (askedBy != "touch")
        {
            return;
        }

        GateSituation situation = GateFixtures.Situation(Enum.Parse<DrivingState>(state));
        ActionClass parsed = Enum.Parse<ActionClass>(actionClass);

        Assert.Equal(
            ActionGate.Decide(GateFixtures.Request(parsed, InputChannel.Touch), situation, GateFixtures.Policy(profile)),
            ActionGate.Decide(GateFixtures.Request(parsed, InputChannel.Unknown), situation, GateFixtures.Policy(profile)));
    }

    private static void AddRows(
        TheoryData<string, string, string, string, string> rows, string profile, string table, Func<string, bool> take)
    {
        string[][] lines = [.. table.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries))];
        foreach (string[] line in lines.Skip(1).Where(line => take(line[0])))
        {
            for (int column = 2; column < line.Length; column++)
            {
                rows.Add(profile, line[0], line[1], lines[0][column], line[column]);
            }
        }
    }

    private static string InWords(GateDecision decision)
    {
        string limits = decision.Limits switch
        {
            { MaxSentences: { } sentences, MaxOptions: null } => string.Create(CultureInfo.InvariantCulture, $" {sentences} sentences"),
            { MaxSentences: null, MaxOptions: { } options } => string.Create(CultureInfo.InvariantCulture, $" {options} options"),
            { Any: false } => "",
            _ => " both limits",
        };
        return decision.Kind switch
        {
            GateDecisionKind.Allow when decision.Reason == GateReason.Allowed => "yes" + limits,
            GateDecisionKind.AllowLimited when decision.Reason == GateReason.AllowedWithinLimits => "yes" + limits,
            GateDecisionKind.Confirm when decision.Reason == GateReason.ConfirmationNeeded => "ask" + limits,
            GateDecisionKind.Defer => $"later {decision.Reason.Code()}{limits}",
            GateDecisionKind.Deny => $"no {decision.Reason.Code()}{limits}",
            _ => decision.ToString(),
        };
    }
}
