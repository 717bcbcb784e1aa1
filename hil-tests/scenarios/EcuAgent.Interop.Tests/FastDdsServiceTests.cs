namespace EcuAgent.Interop.Tests;

/// <inheritdoc/>
public sealed class FastDdsServiceTests : ServiceTests
{
    private protected override PeerStack Stack { get; } = new FastDdsStack();
}
