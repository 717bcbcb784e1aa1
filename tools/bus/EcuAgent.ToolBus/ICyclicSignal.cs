using EcuAgent.CycloneDds;

namespace EcuAgent.ToolBus;

/// <summary>A <see cref="CyclicSignal{T}"/> whatever its type.</summary>
internal interface ICyclicSignal : IAsyncDisposable
{
    long Written { get; }

    long Failed { get; }

    DdsWriter Writer { get; }

    void Silence();
}
