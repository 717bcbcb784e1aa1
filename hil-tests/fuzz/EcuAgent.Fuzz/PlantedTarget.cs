using EcuAgent.Fuzz.Planted;

namespace EcuAgent.Fuzz;

/// <summary>The check of the check.</summary>
internal sealed class PlantedTarget : IFuzzTarget
{
    public IReadOnlyList<byte[]> Seeds { get; } = [new byte[8]];

    public void Run(ReadOnlySpan<byte> bytes) => PlantedFault.Run(bytes);
}
