namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class ConnextServiceTests : ServiceTests
{
    private protected override PeerStack Stack { get; } = new ConnextStack();
}
