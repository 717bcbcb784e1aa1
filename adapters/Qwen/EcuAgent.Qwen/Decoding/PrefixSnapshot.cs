namespace EcuAgent.Qwen.Decoding;

/// <summary>The key/value cache of a prompt's beginning, packed.</summary>
/// <param name="Tokens">What it was computed from.</param>
/// <param name="Data">Copy of the cache.</param>
internal sealed record PrefixSnapshot(int[] Tokens, NativeBlock Data) : IDisposable
{
    public void Dispose() => Data.Dispose();
}
