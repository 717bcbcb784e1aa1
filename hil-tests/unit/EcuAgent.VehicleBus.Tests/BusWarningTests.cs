namespace EcuAgent.VehicleBus.Tests;

public sealed class BusWarningTests
{
    [Theory]
    [InlineData(BusWarningKind.IncompatibleQos, "incompatible_qos:Gear:DURABILITY", true)]
    [InlineData(BusWarningKind.InconsistentTopic, "inconsistent_topic:Gear", true)]
    [InlineData(BusWarningKind.DeadlineMissed, "deadline_missed:Gear", false)]
    [InlineData(BusWarningKind.SampleLost, "sample_lost:Gear", false)]
    [InlineData(BusWarningKind.SampleRejected, "sample_rejected:Gear", false)]
    [InlineData(BusWarningKind.ServiceMissing, "service_missing:Gear", false)]
    [InlineData(BusWarningKind.SubscriptionRefused, "subscription_refused:Gear:DURABILITY", false)]
    [InlineData(BusWarningKind.SubscriptionLost, "subscription_lost:Gear:DURABILITY", false)]
    [InlineData(BusWarningKind.E2eFailed, "e2e_failed:Gear:DURABILITY", false)]
    [InlineData(BusWarningKind.Malformed, "malformed:Gear:DURABILITY", false)]
    [InlineData(BusWarningKind.RateExceeded, "rate_exceeded:Gear", false)]
    public void Warning_OfEachKind_HasItsCodeAndLastsOnlyWhereNothingHeals(BusWarningKind kind, string code, bool lasts)
    {
        var warning = new BusWarning(kind, "Gear", "DURABILITY");
        var warnings = new BusWarnings();
        warnings.Add(warning);
        warnings.Add(warning);

        Assert.Equal(code, warning.Code);
        Assert.Equal(2, warnings.Count(warning));
        Assert.Equal(lasts ? [code] : [], warnings.LastingCodes);
    }
}
