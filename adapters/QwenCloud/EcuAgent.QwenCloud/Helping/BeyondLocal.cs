namespace EcuAgent.QwenCloud.Helping;

/// <summary>Whether a request is beyond the local model, and why. Only the values after <see cref="Unsafe"/> may be asked outside.</summary>
internal enum BeyondLocal
{
    /// <summary>The local model knows what to do.</summary>
    No,

    /// <summary>The local model refuses it as unsafe: that is final.</summary>
    Unsafe,

    /// <summary>The local model proposed nothing.</summary>
    NoCall,

    /// <summary>Nothing that the local model proposed is valid.</summary>
    Invalid,

    /// <summary>The local model asks back.</summary>
    Clarify,

    /// <summary>The local model says that it is none of its tasks.</summary>
    OutOfScope,
}
