namespace EcuAgent.Qwen.Decoding;

/// <summary>A model run was ended from another thread, by cancellation, deadline or disposal; whoever did it knows why.</summary>
internal sealed class RunCancelledException : Exception
{
    public RunCancelledException()
        : base("the model run was cancelled")
    {
    }
}
