using System.Globalization;
using EcuAgent.IdlGen.Layout;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Emit;

/// <summary>Writes one struct and, unless it is nested, its descriptor.</summary>
internal static class StructEmitter
{
    private const string TypeSupport = "global::EcuAgent.Dds.TypeSupport";

    public static SourceWriter Emit(IdlStruct type, CSharpNames names, SourceWriter writer, bool isPartial)
    {
        var name = CSharpNames.Simple(type);
        writer.Summary(type.Doc, $"IDL {type.FullName}.");
        writer.Line($"/// <remarks>IDL {type.FullName}, {CLayout.SizeBytes(type).ToString(CultureInfo.InvariantCulture)} bytes.</remarks>");
        writer.Line("[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential)]");
        var keyword = isPartial ? "public partial struct" : "public struct";
        writer.Line(type.IsNested ? $"{keyword} {name}" : $"{keyword} {name} : {TypeSupport}.IDdsType<{name}>");
        writer.Open();
        EmitFields(type, names, writer);
        if (!type.IsNested)
        {
            writer.Line();
            EmitDescriptor(type, writer);
        }

        writer.Close();
        return writer;
    }

    private static void EmitFields(IdlStruct type, CSharpNames names, SourceWriter writer)
    {
        var seen = new Dictionary<string, IdlMember>(StringComparer.Ordinal);
        foreach (var member in type.Members)
        {
            var field = CSharpNames.Field(type, member);
            if (!seen.TryAdd(field, member))
            {
                throw new IdlException(member.Location, IdlErrors.DuplicateName, $"members '{seen[field].Name}' and '{member.Name}' give the same C# name '{field}'");
            }

            if (seen.Count > 1)
            {
                writer.Line();
            }

            writer.Summary(member.Doc, member.IsKey ? $"IDL {member.Name}, part of the key." : $"IDL {member.Name}.");
            writer.Line($"public {names.Qualified(member.Type)} {field};");
        }
    }

    private static void EmitDescriptor(IdlStruct type, SourceWriter writer)
    {
        var program = OpEmitter.Emit(type);
        var traits = TopicTraits.Of(type);
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public static {TypeSupport}.DdsTypeDescriptor Descriptor {{ get; }} = new()");
        writer.Open();
        writer.Line($"TypeName = \"{type.FullName}\",");
        writer.Line(CultureInfo.InvariantCulture, $"SizeBytes = {CLayout.SizeBytes(type)},");
        writer.Line(CultureInfo.InvariantCulture, $"AlignmentBytes = {CLayout.AlignmentBytes(type)},");
        writer.Line($"Flags = {string.Join(" | ", traits.DefaultIfEmpty("None").Select(static x => $"{TypeSupport}.DdsTopicTraits.{x}"))},");
        writer.Line("Keys =");
        writer.Line("[");
        for (var i = 0; i < program.Keys.Count; i++)
        {
            var (path, offset) = program.Keys[i];
            writer.Line(CultureInfo.InvariantCulture, $"    new(\"{path}\", {offset}, {i}),");
        }

        writer.Line("],");
        writer.Line(CultureInfo.InvariantCulture, $"InstructionCount = {program.Instructions.Count},");
        writer.Line("Ops =");
        writer.Line("[");
        foreach (var line in program.Instructions.Concat(program.KeyOffsets))
        {
            var words = line.Words.Skip(1).Select(static x => x > ushort.MaxValue ? Hex(x) : x.ToString(CultureInfo.InvariantCulture));
            writer.Line($"    {string.Join(", ", words.Prepend(Hex(line.Words[0])))}, // {line.Comment}");
        }

        writer.Line("],");
        writer.CloseStatement();
    }

    private static string Hex(uint word) => string.Create(CultureInfo.InvariantCulture, $"0x{word:X8}");
}
