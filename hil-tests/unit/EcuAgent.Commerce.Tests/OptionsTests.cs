namespace EcuAgent.Commerce.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Options_Default_HaveNoFault() => Assert.Empty(new CommerceOptions().Faults());

    public static TheoryData<string> Bounds =>
    [
        "CallTimeout = 00:00:00.4990000; allowed: 00:00:00.5000000 to 00:02:00",
        "CallTimeout = 00:02:00.0010000; allowed: 00:00:00.5000000 to 00:02:00",
        "AttemptTimeout = 00:00:00.1990000; allowed: 00:00:00.2000000 to 00:01:00",
        "CompleteTimeout = 00:00:00.9990000; allowed: 00:00:01 to 00:03:00",
        "ConnectTimeout = 00:00:30.0010000; allowed: 00:00:00.1000000 to 00:00:30",
        "Repeats = 6; allowed: 0 to 5",
        "Repeats = -1; allowed: 0 to 5",
        "MaxAnswerBytes = 4095; allowed: 4096 to 4194304",
        "MaxFeedBytes = 67108865; allowed: 4096 to 67108864",
        "FeedsKept = 0; allowed: 1 to 256",
        "FeedFreshFor = 01:00:00.0010000; allowed: 00:00:00 to 01:00:00",
        "DiscoveryHolds = 00:00:59.9990000; allowed: 00:01:00 to 1.00:00:00",
        "WebhookTolerance = 00:00:00.9990000; allowed: 00:00:01 to 01:00:00",
        "WebhooksRemembered = 15; allowed: 16 to 65536",
    ];

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Options_JustOutside_IsOneFaultThatNamesIt(string message)
    {
        var name = message[..message.IndexOf(' ', StringComparison.Ordinal)];
        var value = message[(name.Length + 3)..message.IndexOf(';', StringComparison.Ordinal)];
        var options = new CommerceOptions();
        var property = typeof(CommerceOptions).GetProperty(name)!;
        property.SetValue(options, property.PropertyType == typeof(int) ? int.Parse(value) : TimeSpan.Parse(value));

        Assert.Equal([message], options.Faults());
        Assert.Throws<ArgumentException>(() => CommerceAdapter.Open(options));
    }

    [Fact]
    public void Options_EmptyFile_IsAFault() =>
        Assert.Equal(["RegistryFile = ' '; allowed: a file, or leave the setting out"], new CommerceOptions { RegistryFile = " " }.Faults());
}
