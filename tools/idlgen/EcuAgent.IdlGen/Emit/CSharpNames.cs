using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Emit;

/// <summary>C# names: pascal case, enumerators without their common prefix, the outermost module replaced by a namespace.</summary>
internal sealed class CSharpNames(string rootNamespace)
{
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "Descriptor", "Equals", "Finalize", "GetHashCode", "GetType", "MaxSomeIpBytes", "MemberwiseClone", "ReadSomeIp", "ReferenceEquals", "ToString", "WriteSomeIp",
    };

    public string RootNamespace { get; } = rootNamespace;

    public string Namespace(IReadOnlyList<string> scope) =>
        string.Join('.', scope.Skip(1).Select(Pascal).Prepend(RootNamespace));

    /// <summary>The namespace in which the C# type of an IDL type lives; null for a type of the language.</summary>
    public string? NamespaceOf(IdlType type) => type switch
    {
        IdlDeclaration x => Namespace(x.Scope),
        StringType => RootNamespace,
        ArrayType x => NamespaceOf(x.Element) ?? RootNamespace,
        _ => null,
    };

    /// <summary>The C# type as generated code writes it, with its full name where it is one of ours.</summary>
    public string Qualified(IdlType type) => type is PrimitiveType x ? Keyword(x.Kind) : $"global::{NamespaceOf(type)}.{Simple(type)}";

    public static string Simple(IdlType type) => type switch
    {
        PrimitiveType x => x.Kind switch { PrimitiveKind.Char => "Char", PrimitiveKind.UInt8 => "Byte", PrimitiveKind.Int8 => "SByte", PrimitiveKind.Float => "Single", _ => x.Kind.ToString() },
        StringType x => $"BoundedString{x.BoundBytes}",
        ArrayType x => $"{Simple(x.Element)}Array{x.Length}",
        IdlDeclaration x => Pascal(x.Name),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no C# type"),
    };

    /// <summary>An IDL char is one byte, so it is a byte in C# too.</summary>
    public static string Keyword(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Boolean => "bool",
        PrimitiveKind.Char or PrimitiveKind.UInt8 => "byte",
        PrimitiveKind.Int8 => "sbyte",
        PrimitiveKind.Int16 => "short",
        PrimitiveKind.UInt16 => "ushort",
        PrimitiveKind.Int32 => "int",
        PrimitiveKind.UInt32 => "uint",
        PrimitiveKind.Int64 => "long",
        PrimitiveKind.UInt64 => "ulong",
        PrimitiveKind.Float => "float",
        _ => "double",
    };

    /// <summary>A C# field may not be called like its struct, another generated member or a member of every object.</summary>
    public static string Field(IdlStruct type, IdlMember member)
    {
        var name = Pascal(member.Name);
        return name == Pascal(type.Name) || Taken.Contains(name) ? name + "Value" : name;
    }

    /// <summary>How many words all enumerators begin with; the rest of each must be a C# name.</summary>
    public static int CommonPrefixWords(IdlEnum type)
    {
        if (type.Enumerators.Count == 1)
        {
            return 0;
        }

        var words = type.Enumerators.Select(static x => Words(x.Name)).ToList();
        var count = 0;
        while (words.All(x => x.Length > count + 1 && x[count] == words[0][count] && !char.IsAsciiDigit(x[count + 1][0])))
        {
            count++;
        }

        return count;
    }

    public static string Enumerator(string name, int prefixWords) => string.Concat(Words(name).Skip(prefixWords).Select(Capital));

    public static string Pascal(string name) => string.Concat(Words(name).Select(Capital));

    private static string[] Words(string name) => name.Split('_', StringSplitOptions.RemoveEmptyEntries);

    private static string Capital(string word) => char.ToUpperInvariant(word[0])
        + (word.Any(char.IsAsciiLetterLower) ? word[1..] : word[1..].ToLowerInvariant());
}
