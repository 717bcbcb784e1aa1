namespace EcuAgent.IdlGen.Syntax;

/// <summary>An annotation with its single argument, when it has one.</summary>
internal sealed record Annotation(string Name, string? Argument, IdlLocation Location)
{
    /// <summary>The value of an annotation that switches something: without argument it is on.</summary>
    public bool IsOn => Argument switch
    {
        null or "TRUE" or "true" => true,
        "FALSE" or "false" => false,
        _ => throw new IdlException(Location, IdlErrors.Annotation, $"annotation '@{Name}' takes true or false, not '{Argument}'"),
    };
}
