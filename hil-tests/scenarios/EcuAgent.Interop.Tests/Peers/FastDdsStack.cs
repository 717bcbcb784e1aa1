namespace EcuAgent.Interop.Tests.Peers;

/// <summary>eProsima Fast DDS of Debian 12 (2.9.1), types made by fastddsgen.</summary>
internal sealed class FastDdsStack : PeerStack
{
    public override bool ReportsStatus => true;

    public override bool CanSendUnknownEnums => true;

    public override Task<ChildProcess> StartAsync(int domain, int leaseMs)
    {
        var program = Environment.GetEnvironmentVariable("ECUAGENT_FASTDDS_PEER");
        Assert.SkipWhen(string.IsNullOrEmpty(program), "Fast DDS was not asked for: tools/test --with-fastdds");
        return Task.FromResult(ChildProcess.Start(program!, environment: null, domain.ToString(), leaseMs.ToString()));
    }
}
