namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class ConnextStandbyTests(ITestOutputHelper output) : StandbyTests(output)
{
    private protected override PeerStack Stack { get; } = new ConnextStack();
}
