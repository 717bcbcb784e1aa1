namespace EcuAgent.Fuzz;

/// <summary><see cref="WireTarget"/> from the beginning for each input, so that an input does the same wherever it is run.</summary>
internal sealed class FreshWireTarget : IFuzzTarget
{
    public IReadOnlyList<byte[]> Seeds => Fuzz.Seeds.All;

    public void Run(ReadOnlySpan<byte> bytes)
    {
        using var target = new WireTarget();
        target.Run(bytes);
        target.RequireBounds();
        if (!bytes.IsEmpty && target.Messages == 0 && target.Counters.TotalFaults == 0)
        {
            throw new InvalidOperationException("bytes that are no message were not counted");
        }
    }
}
