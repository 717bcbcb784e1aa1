namespace EcuAgent.Interop.Tests.Peers;

/// <summary>RTI Connext 7.7 inside RTI Connector for JavaScript 1.5, types and QoS from XML that idlgen makes of the contract.</summary>
internal sealed class ConnextStack : PeerStack
{
    private static readonly string Xml = Path.Combine(AppContext.BaseDirectory, "ecu_v1.connext.xml");
    private static bool s_xmlMade;

    public override bool ReportsStatus => false;

    public override bool CanSendUnknownEnums => false;

    public override async Task<ChildProcess> StartAsync(int domain, int leaseMs)
    {
        var modules = Environment.GetEnvironmentVariable("ECUAGENT_CONNEXT_MODULES");
        Assert.SkipWhen(string.IsNullOrEmpty(modules), "RTI Connext was not asked for: tools/test --with-connext");
        var topics = Path.Combine(AppContext.BaseDirectory, "topics.json");
        if (!s_xmlMade)
        {
            await using var idlgen = ChildProcess.StartDotnet(
                Checkout.IdlGen, "--in", Path.Combine(Checkout.Root, "idl", "ecu_v1.idl"), "--xml", Xml, "--topics", topics);
            Assert.True(await idlgen.ExitAsync() == 0, idlgen.Output);
            s_xmlMade = true;
        }

        return ChildProcess.Start(
            "node",
            environment: null,
            Path.Combine(Checkout.Root, "hil-tests", "interop", "connext", "peer.js"),
            modules!,
            Xml,
            topics,
            domain.ToString(),
            leaseMs.ToString());
    }
}
