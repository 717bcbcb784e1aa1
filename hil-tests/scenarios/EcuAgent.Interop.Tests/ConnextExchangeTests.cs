namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class ConnextExchangeTests(PeerRig rig) : ExchangeTests(rig), IClassFixture<PeerRig>
{
    private protected override PeerStack Stack { get; } = new ConnextStack();
}
