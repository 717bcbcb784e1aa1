namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class ConnextStandbyTests : StandbyTests
{
    private protected override PeerStack Stack { get; } = new ConnextStack();
}
