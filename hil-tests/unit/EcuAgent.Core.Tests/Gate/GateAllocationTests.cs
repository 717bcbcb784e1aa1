using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Gate;

public class GateAllocationTests
{
    [Fact]
    public void Decide_AllClassesStatesAndProfiles_AllocatesNothing()
    {
        GatePolicy[] policies = [GateFixtures.Strict, GateFixtures.VoiceConfirm];
        int codeLengths = Round(policies, 50);

        long before = GC.GetAllocatedBytesForCurrentThread();
        codeLengths += Round(policies, 1000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.True(codeLengths > 0);
    }

    private static int Round(GatePolicy[] policies, int times)
    {
        int codeLengths = 0;
        for (int time = 0; time < times; time++)
        {
            foreach (GatePolicy policy in policies)
            {
                for (ActionClass actionClass = ActionClass.Inform; actionClass <= ActionClass.Setup; actionClass++)
                {
                    foreach (DrivingState state in GateFixtures.States)
                    {
                        GateRequest request = GateFixtures.Request(actionClass);
                        GateSituation situation = GateFixtures.Situation(state);
                        Consent consent = new() { Kind = ConsentKind.Yes, LoosestState = state, Terms = request };
                        codeLengths += ActionGate.Decide(request, situation, policy).Reason.Code().Length;
                        codeLengths += ActionGate.CommitCheck(request, consent, situation, policy).Reason.Code().Length;
                    }
                }
            }
        }

        return codeLengths;
    }
}
