namespace EcuAgent.Core.Catalogue;

/// <summary>What a tool argument holds; the part of JSON schema that the catalogue may use.</summary>
public enum ToolParameterKind
{
    /// <summary>One of a fixed list of words.</summary>
    Word,

    /// <summary>Free text with a length limit, copied from the utterance where the schema says so.</summary>
    Text,

    /// <summary>A finite number with bounds.</summary>
    Number,

    /// <summary>A whole number with bounds.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Flag,
}
