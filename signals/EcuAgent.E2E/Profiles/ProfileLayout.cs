namespace EcuAgent.E2E;

/// <summary>Writes and reads the header of one profile. Without state, so that a protector and a checker may share one.</summary>
internal abstract class ProfileLayout(int offset)
{
    protected int Offset { get; } = offset;

    /// <summary>Writes the header into a message whose length is in order.</summary>
    internal abstract void Seal(Span<byte> message, uint counter);

    /// <summary>Reads and checks the header of a message whose length is in order.</summary>
    /// <returns><see cref="E2eCheckStatus.Ok"/>, or the error; the counter counts only with Ok.</returns>
    internal abstract E2eCheckStatus Open(ReadOnlySpan<byte> message, out uint counter);
}
