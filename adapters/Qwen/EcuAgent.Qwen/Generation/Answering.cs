using EcuAgent.Qwen.Decoding;

namespace EcuAgent.Qwen.Generation;

/// <summary>A rented sequence and the answer to be made on it. Disposing hands the sequence back, whatever state it is in: its cache holds what was computed.</summary>
internal sealed class Answering : IDisposable
{
    private readonly SequencePool _pool;
    private readonly Func<Answer> _start;
    private readonly CancellationTokenRegistration _registration;

    public Answering(SequencePool pool, QwenDecoder decoder, Func<Answer> start, CancellationToken runToken)
    {
        _pool = pool;
        _start = start;
        Decoder = decoder;
        decoder.AllowRuns();
        _registration = runToken.UnsafeRegister(static d => ((QwenDecoder)d!).Cancel(), decoder);
    }

    public QwenDecoder Decoder { get; }

    /// <summary>Brings the sequence to the beginning of the prompt. Call it while the sequence is in use.</summary>
    public Answer Start() => _start();

    public void Dispose()
    {
        // Waits for a cancellation in progress, so that it cannot meet the next request.
        _registration.Dispose();
        _pool.Return(Decoder);
    }
}
