using EcuAgent.Core.Standby;
using Xunit;

namespace EcuAgent.Core.Tests.Standby;

public class StandbyCodeTests
{
    [Theory]
    [InlineData(StandbyState.Joining, 1, "standby:joining:1")]
    [InlineData(StandbyState.Following, 100, "standby:following:100")]
    [InlineData(StandbyState.Leading, 1000000, "standby:leading:1000000")]
    [InlineData(StandbyState.Left, 200, "standby:left:200")]
    public void Code_OfEveryState_IsFoundAgainAmongOthers(StandbyState state, int strength, string code)
    {
        Assert.Equal(code, StandbyCode.Of(state, strength));
        Assert.Equal((state, strength), StandbyCode.Find(code));
        Assert.Equal((state, strength), StandbyCode.Find($"model_unavailable,{code},audit_unavailable"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("model_unavailable,other_service_on_domain")]
    [InlineData("standby_equal_strength")]
    [InlineData("standby:leading")]
    [InlineData("standby:leading:")]
    [InlineData("standby:leading:-5")]
    [InlineData("standby:leading:99999999999")]
    [InlineData("standby:ruling:200")]
    [InlineData("standby:Leading:200")]
    public void Reasons_WithoutARole_GiveNone(string reasons) => Assert.Null(StandbyCode.Find(reasons));
}
