using System.Globalization;
using EcuAgent.IdlGen.Layout;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Emit;

/// <summary>Turns the declarations of all inputs into C# files, one per type.</summary>
internal sealed class CSharpEmitter
{
    private readonly CSharpNames _names;
    private readonly string _input;
    private readonly HashSet<string> _helpers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, GeneratedFile> _files = new(StringComparer.OrdinalIgnoreCase);

    private readonly SomeIpEmitter? _someIp;

    private CSharpEmitter(CSharpNames names, string input, int? someIpLengthBytes)
    {
        _names = names;
        _input = input;
        _someIp = someIpLengthBytes is { } bytes ? new SomeIpEmitter(new SomeIpLayout(bytes), names) : null;
    }

    /// <param name="file">What the IDL declares.</param>
    /// <param name="rootNamespace">Takes the place of the outermost module.</param>
    /// <param name="someIpLengthBytes">Width of the length fields in SOME/IP payloads, 1, 2 or 4 bytes; null: no SOME/IP.</param>
    /// <exception cref="IdlException">Two IDL names give the same C# name, or a type cannot be described.</exception>
    public static IReadOnlyList<GeneratedFile> Emit(IdlFile file, string rootNamespace, int? someIpLengthBytes = null)
    {
        var emitter = new CSharpEmitter(new CSharpNames(rootNamespace), file.FileName, someIpLengthBytes);
        foreach (var declaration in file.Declarations)
        {
            emitter.Emit(declaration);
        }

        foreach (var group in file.Constants.GroupBy(x => emitter._names.Namespace(x.Scope)))
        {
            emitter.EmitConstants(group.Key, [.. group]);
        }

        return [.. emitter._files.Values];
    }

    private void Emit(IdlDeclaration declaration)
    {
        switch (declaration)
        {
            case IdlEnum x:
                EmitEnum(x);
                break;
            case IdlStruct x:
                EmitStruct(x);
                foreach (var member in x.Members)
                {
                    EmitHelpers(member.Type, member.Location);
                }

                break;
        }
    }

    private void EmitStruct(IdlStruct type)
    {
        var codeNamespace = _names.Namespace(type.Scope);
        var name = CSharpNames.Simple(type);
        Add(codeNamespace, name, type.FullName, StructEmitter.Emit(type, _names, Writer(codeNamespace), isPartial: _someIp is not null), type.Location);
        if (_someIp is not null)
        {
            Add(codeNamespace, $"{name}.SomeIp", type.FullName, _someIp.Emit(type, Writer(codeNamespace)), type.Location);
        }
    }

    private void EmitHelpers(IdlType type, IdlLocation location)
    {
        if (type is not (StringType or ArrayType))
        {
            return;
        }

        var codeNamespace = _names.NamespaceOf(type)!;
        var writer = Writer(codeNamespace);
        if (type is ArrayType array)
        {
            EmitHelpers(array.Element, location);
            writer.Line(CultureInfo.InvariantCulture, $"/// <summary>{array.Length} elements in place; goes where a span of {CSharpNames.Simple(array.Element)} goes.</summary>");
            writer.Line(CultureInfo.InvariantCulture, $"[global::System.Runtime.CompilerServices.InlineArray({array.Length})]");
            writer.Line($"public struct {CSharpNames.Simple(type)}");
            writer.Open();
            writer.Line($"private {_names.Qualified(array.Element)} _first;");
            writer.Close();
        }
        else
        {
            BoundedStringEmitter.Emit((StringType)type, writer);
        }

        if (_helpers.Add(Key(codeNamespace, CSharpNames.Simple(type))))
        {
            Add(codeNamespace, CSharpNames.Simple(type), "an array or string", writer, location);
        }
    }

    private void EmitEnum(IdlEnum type)
    {
        var codeNamespace = _names.Namespace(type.Scope);
        var writer = Writer(codeNamespace);
        writer.Summary(type.Doc, $"IDL {type.FullName}.");
        writer.Line($"public enum {CSharpNames.Simple(type)} : int");
        writer.Open();
        var prefix = CSharpNames.CommonPrefixWords(type);
        RejectTwins(type.FullName, type.Location, type.Enumerators.Select(x => CSharpNames.Enumerator(x.Name, prefix)));
        for (var i = 0; i < type.Enumerators.Count; i++)
        {
            var enumerator = type.Enumerators[i];
            if (i > 0)
            {
                writer.Line();
            }

            writer.Summary(enumerator.Doc, $"IDL {enumerator.Name}.");
            writer.Line(CultureInfo.InvariantCulture, $"{CSharpNames.Enumerator(enumerator.Name, prefix)} = {enumerator.Value},");
        }

        writer.Close();
        Add(codeNamespace, CSharpNames.Simple(type), type.FullName, writer, type.Location);
    }

    private void EmitConstants(string codeNamespace, IReadOnlyList<IdlConstant> constants)
    {
        var writer = Writer(codeNamespace);
        writer.Line("/// <summary>The constants that the IDL declares.</summary>");
        RejectTwins(codeNamespace, constants[0].Location, constants.Select(static x => CSharpNames.Pascal(x.Name)));
        writer.Line("public static class IdlConstants");
        writer.Open();
        foreach (var constant in constants)
        {
            writer.Summary(constant.Doc, $"IDL {constant.Name}.");
            writer.Line(CultureInfo.InvariantCulture, $"public const {CSharpNames.Keyword(constant.Kind)} {CSharpNames.Pascal(constant.Name)} = {constant.Value};");
        }

        writer.Close();
        Add(codeNamespace, "IdlConstants", "constants", writer, constants[0].Location);
    }

    private static void RejectTwins(string owner, IdlLocation location, IEnumerable<string> names)
    {
        if (names.GroupBy(static x => x).FirstOrDefault(static x => x.Skip(1).Any()) is { } twins)
        {
            throw new IdlException(location, IdlErrors.DuplicateName, $"'{owner}' gives the C# name '{twins.Key}' twice");
        }
    }

    private SourceWriter Writer(string codeNamespace) => new(_input, codeNamespace);

    private void Add(string codeNamespace, string name, string idlName, SourceWriter writer, IdlLocation location)
    {
        if (!_files.TryAdd(Key(codeNamespace, name), new GeneratedFile(Path(codeNamespace, name), writer.ToString())))
        {
            throw new IdlException(location, IdlErrors.DuplicateName, $"'{idlName}' gives the C# name '{codeNamespace}.{name}' a second time");
        }
    }

    private static string Key(string codeNamespace, string name) => $"{codeNamespace}.{name}";

    private string Path(string codeNamespace, string name)
    {
        var folder = codeNamespace[_names.RootNamespace.Length..].Replace('.', '/').TrimStart('/');
        return folder.Length == 0 ? $"{name}.g.cs" : $"{folder}/{name}.g.cs";
    }
}
