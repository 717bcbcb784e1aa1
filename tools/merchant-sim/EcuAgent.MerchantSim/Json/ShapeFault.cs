namespace EcuAgent.MerchantSim.Json;

/// <summary>What is wrong with a request body.</summary>
/// <param name="Path">RFC 9535 JSONPath of the field.</param>
/// <param name="Code"><c>missing</c>, <c>invalid</c> or <c>unknown_field</c>.</param>
/// <param name="What">The fault, to be read after the path.</param>
internal sealed record ShapeFault(string Path, string Code, string What)
{
    public string Message => $"{Path} {What}";

    public static ShapeFault Missing(string path) => new(path, "missing", "is required");

    public static ShapeFault Invalid(string path, string what) => new(path, "invalid", what);

    public static ShapeFault Unknown(string path) => new(path, "unknown_field", "is not a field of this request");
}
