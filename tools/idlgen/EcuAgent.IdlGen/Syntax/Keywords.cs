namespace EcuAgent.IdlGen.Syntax;

/// <summary>The reserved words of IDL 4.2, and among them those whose constructs this generator refuses.</summary>
internal static class Keywords
{
    /// <summary>Words that open a declaration which is not supported.</summary>
    public static readonly HashSet<string> UnsupportedDeclarations = new(StringComparer.Ordinal)
    {
        "union", "bitmask", "bitset", "interface", "valuetype", "exception", "native", "abstract", "local", "component",
        "home", "eventtype", "typeid", "typeprefix", "import", "custom", "connector", "porttype", "factory",
    };

    /// <summary>Type words that are not supported.</summary>
    public static readonly HashSet<string> UnsupportedTypes = new(StringComparer.Ordinal)
    {
        "wchar", "wstring", "any", "fixed", "Object", "ValueBase", "map", "union", "struct", "enum", "bitmask", "bitset",
    };

    public static readonly HashSet<string> All = new(StringComparer.Ordinal)
    {
        "module", "struct", "enum", "typedef", "const", "sequence", "string", "boolean", "char", "octet", "short", "long",
        "unsigned", "float", "double", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "TRUE", "FALSE",
        "attribute", "case", "default", "switch", "in", "inout", "out", "oneway", "private", "public", "raises", "readonly", "void",
        "wchar", "wstring", "any", "fixed", "Object", "ValueBase", "map",
        "union", "bitmask", "bitset", "interface", "valuetype", "exception", "native", "abstract", "component", "context",
        "custom", "emits", "eventtype", "factory", "finder", "home", "import", "manages", "multiple", "primarykey", "provides",
        "publishes", "supports", "truncatable", "typeid", "typeprefix", "uses", "local", "bitfield", "alias", "connector",
        "consumes", "getraises", "mirrorport", "port", "porttype", "setraises", "typename",
    };
}
