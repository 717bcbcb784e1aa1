using EcuAgent.Core.Policy;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Policy;

public class CloudHelperPolicyTests
{
    [Fact]
    public void AllowsCloudHelper_BundledProfiles_NeverWhileUnknown() => Assert.All(PolicyLoader.BundledProfiles, profile =>
    {
        GatePolicy policy = PolicyLoader.LoadBundled(profile);

        Assert.True(policy.AllowsCloudHelper(DrivingState.Parked));
        Assert.True(policy.AllowsCloudHelper(DrivingState.Idling));
        Assert.True(policy.AllowsCloudHelper(DrivingState.Moving));
        Assert.False(policy.AllowsCloudHelper(DrivingState.Unknown));
        Assert.False(policy.AllowsCloudHelper((DrivingState)99));
    });

    [Fact]
    public void AllowsCloudHelper_MemberLeftOut_Never()
    {
        GatePolicy policy = PolicyDocuments.Parse(
            PolicyFaultTests.Change(PolicyDocuments.Load("strict"), ["cloudHelper"], "-").ToJsonString());

        Assert.All(Enum.GetValues<DrivingState>(), state => Assert.False(policy.AllowsCloudHelper(state)));
    }

    [Fact]
    public void AllowsCloudHelper_OnlyParked_NotWhileIdling()
    {
        GatePolicy policy = PolicyDocuments.Parse(
            PolicyFaultTests.Change(PolicyDocuments.Load("strict"), ["cloudHelper"], "[\"parked\"]").ToJsonString());

        Assert.True(policy.AllowsCloudHelper(DrivingState.Parked));
        Assert.False(policy.AllowsCloudHelper(DrivingState.Idling));
    }
}
