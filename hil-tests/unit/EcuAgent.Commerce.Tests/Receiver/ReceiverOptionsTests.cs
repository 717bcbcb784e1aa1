using EcuAgent.Commerce.Receiver;

namespace EcuAgent.Commerce.Tests.Receiver;

/// <summary>Where a receiver may listen.</summary>
public sealed class ReceiverOptionsTests
{
    private static readonly ReceiverOptions Https = new() { Listen = "https://127.0.0.1:8642", CertificateFile = "c", CertificateKeyFile = "k" };

    [Fact]
    public void Defaults_ListenNowhere() => Assert.Equal((0, null), (new ReceiverOptions().Faults().Count, new ReceiverOptions().Listen));

    [Theory]
    [InlineData("http://127.0.0.1:8642")]
    [InlineData("http://127.0.0.1:0/")]
    [InlineData("http://127.8.9.10:8642")]
    [InlineData("http://[::1]:8642")]
    public void Listen_Loopback_IsAllowed(string listen) => Assert.Empty(new ReceiverOptions { Listen = listen }.Faults());

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:8642")]
    [InlineData("http://localhost:8642")]
    [InlineData("http://car.example:8642")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://0.0.0.0:8642")]
    [InlineData("http://[::]:8642")]
    [InlineData("http://127.0.0.1:8642/orders")]
    [InlineData("http://127.0.0.1:8642/?a")]
    [InlineData("http://user@127.0.0.1:8642")]
    [InlineData("http://127.0.0.1:70000")]
    public void Listen_NotAnAddressOfOneInterface_IsAFault(string listen)
    {
        var fault = Assert.Single(new ReceiverOptions { Listen = listen, AllowAddress = null }.Faults());
        Assert.StartsWith($"Listen = '{listen}'; allowed: http://ADDRESS:PORT", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://10.20.0.5:8642", null, "an address that AllowAddress names as well")]
    [InlineData("https://10.20.0.5:8642", "10.20.0.6", "AllowAddress = '10.20.0.6'; allowed: the address of Listen, 10.20.0.5")]
    [InlineData("https://10.20.0.5:8642", "any", "AllowAddress = 'any'")]
    [InlineData("https://10.20.0.5:8642", "10.20.0.5", null)]
    [InlineData("https://127.0.0.1:8642", "10.20.0.5", "AllowAddress = '10.20.0.5'")]
    [InlineData("https://127.0.0.1:8642", null, null)]
    public void Listen_BeyondLoopback_HasToBeNamedTwice(string listen, string? allow, string? fault)
    {
        var faults = (Https with { Listen = listen, AllowAddress = allow }).Faults();
        Assert.Equal(fault is null ? 0 : 1, faults.Count);
        Assert.All(faults, one => Assert.Contains(fault!, one, StringComparison.Ordinal));
    }

    [Fact]
    public void Listen_BeyondLoopbackWithoutHttps_IsAFault() =>
        Assert.Contains("allowed: https", Assert.Single(new ReceiverOptions { Listen = "http://10.20.0.5:8642", AllowAddress = "10.20.0.5" }.Faults()), StringComparison.Ordinal);

    [Fact]
    public void Certificate_IsThereWithHttpsAndOnlyThen()
    {
        Assert.Equal(2, new ReceiverOptions { Listen = "https://127.0.0.1:8642" }.Faults().Count);
        Assert.Equal(2, (Https with { Listen = "http://127.0.0.1:8642" }).Faults().Count);
        Assert.Equal(2, (Https with { Listen = null }).Faults().Count);
    }

    [Fact]
    public void Numbers_OutOfRange_AreFaultsAllAtOnce() => Assert.Equal(
        3,
        new ReceiverOptions { MaxConnections = 257, MaxWaiting = 0, RequestTimeout = TimeSpan.FromMilliseconds(999) }.Faults().Count);
}
