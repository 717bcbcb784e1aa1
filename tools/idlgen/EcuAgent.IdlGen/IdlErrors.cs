namespace EcuAgent.IdlGen;

/// <summary>The error codes. tools/idlgen/README.md lists them for users.</summary>
internal static class IdlErrors
{
    public const string File = "IDL001";
    public const string Lexical = "IDL002";
    public const string Syntax = "IDL003";
    public const string Preprocessor = "IDL004";
    public const string UnknownName = "IDL005";
    public const string DuplicateName = "IDL006";
    public const string Value = "IDL007";
    public const string Empty = "IDL008";
    public const string Unsupported = "IDL100";
    public const string Unbounded = "IDL101";
    public const string Extensibility = "IDL102";
    public const string Annotation = "IDL103";
    public const string Key = "IDL104";
    public const string TooLarge = "IDL105";
    public const string LengthField = "IDL106";
}
