namespace EcuAgent.Qwen.Decoding;

/// <summary>For which positions of a run a graph computes logits.</summary>
internal enum LogitsRows
{
    /// <summary>The last one.</summary>
    Last,

    /// <summary>As many of the last ones as an input asks for.</summary>
    Asked,

    /// <summary>All of them.</summary>
    All,
}
