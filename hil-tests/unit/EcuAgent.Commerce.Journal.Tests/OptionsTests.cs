namespace EcuAgent.Commerce.Journal.Tests;

public sealed class OptionsTests
{
    public static TheoryData<PurchaseJournalOptions, string> OutOfRange => new()
    {
        { new() { Directory = " " }, "Directory = ' '" },
        { new() { Retention = TimeSpan.FromDays(30).Subtract(TimeSpan.FromTicks(1)) }, "Retention = 29.23:59:59.9999999; allowed: 30.00:00:00 to 3650.00:00:00" },
        { new() { Retention = TimeSpan.FromDays(3651) }, "Retention = 3651" },
        { new() { MaximumPurchases = 0 }, "MaximumPurchases = 0; allowed: 1 to 1000000" },
        { new() { MaximumPurchases = 1_000_001 }, "MaximumPurchases = 1000001" },
        { new() { MaximumFileBytes = (256 * 1024) - 1 }, "MaximumFileBytes = 262143" },
        { new() { MaximumFileBytes = (4L * 1024 * 1024 * 1024) + 1 }, "MaximumFileBytes = 4294967297" },
        { new() { MaximumStateBytes = 4095 }, "MaximumStateBytes = 4095" },
        { new() { MaximumStateBytes = (1024 * 1024) + 1 }, "MaximumStateBytes = 1048577" },
        { new() { BusyTimeout = TimeSpan.FromSeconds(0) }, "BusyTimeout = 00:00:00; allowed: 00:00:01 to 00:00:30" },
        { new() { BusyTimeout = TimeSpan.FromSeconds(31) }, "BusyTimeout = 00:00:31" },
        { new() { BusyTimeout = TimeSpan.FromSeconds(1.5) }, "BusyTimeout = 00:00:01.5000000; allowed: whole seconds" },
    };

    [Fact]
    public void Faults_Defaults_None()
    {
        Assert.Empty(new PurchaseJournalOptions().Faults());
        Assert.Equal(TimeSpan.FromDays(400), new PurchaseJournalOptions().Retention);
        Assert.Equal(10_000, new PurchaseJournalOptions().MaximumPurchases);
        Assert.EndsWith("ecuagent/commerce", new PurchaseJournalOptions().ResolvedDirectory);
    }

    [Fact]
    public void Faults_OnTheBounds_None()
    {
        Assert.Empty(new PurchaseJournalOptions
        {
            Retention = TimeSpan.FromDays(30), MaximumPurchases = 1, MaximumFileBytes = 256 * 1024, MaximumStateBytes = 4096, BusyTimeout = TimeSpan.FromSeconds(1),
        }.Faults());
        Assert.Empty(new PurchaseJournalOptions
        {
            Retention = TimeSpan.FromDays(3650), MaximumPurchases = 1_000_000, MaximumFileBytes = 4L * 1024 * 1024 * 1024, MaximumStateBytes = 1024 * 1024, BusyTimeout = TimeSpan.FromSeconds(30),
        }.Faults());
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Faults_OutOfRange_NamesSettingValueAndRange(PurchaseJournalOptions options, string fault) =>
        Assert.StartsWith(fault, Assert.Single(options.Faults()));
}
