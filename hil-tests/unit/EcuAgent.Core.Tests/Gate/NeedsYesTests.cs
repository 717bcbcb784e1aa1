using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Gate;

/// <summary>A request that needs a yes is never looser than the same one without, and is not allowed without a yes to exactly it.</summary>
public sealed class NeedsYesTests
{
    private static readonly GatePolicy Strict = PolicyLoader.LoadBundled("strict");

    [Fact]
    public void InEveryCell_ItIsNotAllowedWithoutAYesAndNotLooserThanTheTable()
    {
        foreach (var row in Enum.GetValues<ActionClass>())
        {
            foreach (var state in Enum.GetValues<DrivingState>())
            {
                var request = new GateRequest { ActionClass = row, Channel = InputChannel.Voice, Zone = SpeakerZone.Driver, Amount = Money.Nothing, Merchant = "m" };
                var table = ActionGate.Decide(request, GateSituation.Of(state), Strict);
                var withYes = ActionGate.Decide(request with { NeedsYes = true }, GateSituation.Of(state), Strict);

                Assert.False(withYes.IsAllowed, $"{row} {state}");
                Assert.True(withYes.Kind <= table.Kind, $"{row} {state}: {withYes.Kind} for {table.Kind}");
                Assert.False(ActionGate.CommitCheck(request with { NeedsYes = true }, default, GateSituation.Of(state), Strict).IsAllowed);
            }
        }
    }

    [Fact]
    public void Setup_WhileParked_IsAllowedWithAYesToExactlyIt()
    {
        var request = new GateRequest { ActionClass = ActionClass.Setup, Channel = InputChannel.Voice, Zone = SpeakerZone.Driver, TermsKey = "a", NeedsYes = true };
        var yes = new Consent { Kind = ConsentKind.Yes, LoosestState = DrivingState.Parked, Terms = request };

        Assert.Equal(GateReason.Confirmed, ActionGate.CommitCheck(request, yes, GateSituation.Of(DrivingState.Parked), Strict).Reason);
        Assert.Equal(GateReason.ConsentForOtherTerms, ActionGate.CommitCheck(request with { TermsKey = "b" }, yes, GateSituation.Of(DrivingState.Parked), Strict).Reason);
    }
}
