using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using EcuAgent.Dds.TypeSupport;
using EcuAgent.IdlGen.Emit;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.Idl.Tests.Oracle;

/// <summary>The same lines as <see cref="CProgram"/> prints, taken from the compiled C# types.</summary>
internal static class OurFacts
{
    public static IReadOnlyList<string> Of(Contract contract, IdlFile file)
    {
        var names = new CSharpNames(contract.Namespace);
        var lines = new List<string>();
        foreach (var declaration in file.Declarations)
        {
            var typeName = $"{names.Namespace(declaration.Scope)}.{CSharpNames.Simple(declaration)}";
            var type = contract.Assembly.GetType(typeName) ?? throw new InvalidOperationException($"no C# type {typeName}");
            switch (declaration)
            {
                case IdlStruct x:
                    AddStruct(lines, x, type);
                    break;
                case IdlEnum x:
                    AddEnum(lines, x, type);
                    break;
            }
        }

        return lines;
    }

    public static DdsTypeDescriptor? Descriptor(Type type) =>
        (DdsTypeDescriptor?)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);

    private static void AddStruct(List<string> lines, IdlStruct idl, Type type)
    {
        lines.Add($"struct {idl.FullName} {SizeBytes(type)} {AlignmentBytes(type)}");
        foreach (var member in idl.Members)
        {
            var field = type.GetField(CSharpNames.Field(idl, member)) ?? throw new InvalidOperationException($"no C# field for {idl.FullName}.{member.Name}");
            lines.Add($"member {idl.FullName} {member.Name} {OffsetBytes(field)} {SizeBytes(field.FieldType)}");
        }

        if (idl.IsNested)
        {
            return;
        }

        var descriptor = Descriptor(type)!;

        // idlc attaches type information and says so; ours leaves it out on purpose.
        var flags = (uint)(descriptor.Flags | DdsTopicTraits.XTypesMetadata);
        lines.Add($"topic {idl.FullName} {descriptor.TypeName} {descriptor.SizeBytes} {descriptor.AlignmentBytes} {flags} {descriptor.InstructionCount} {descriptor.Keys.Length} []");
        lines.AddRange(descriptor.Keys.Select(x => $"key {idl.FullName} {x.Name} {x.OpsOffset} {x.Index}"));
        lines.Add($"ops {idl.FullName} {string.Join(' ', descriptor.Ops.Select(static x => $"{x:X8}"))}");
    }

    private static void AddEnum(List<string> lines, IdlEnum idl, Type type)
    {
        lines.Add($"enum {idl.FullName} {SizeBytes(type)}");
        var prefix = CSharpNames.CommonPrefixWords(idl);
        lines.AddRange(idl.Enumerators.Select(x =>
            $"value {idl.FullName} {x.Name} {Convert.ToUInt32(Enum.Parse(type, CSharpNames.Enumerator(x.Name, prefix)), null)}"));
    }

    private static int SizeBytes(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static int AlignmentBytes(Type type) =>
        (int)typeof(AlignmentProbe<>).MakeGenericType(type).GetMethod("Measure")!.Invoke(null, null)!;

    private static long OffsetBytes(FieldInfo field)
    {
        var method = new DynamicMethod("Offset", typeof(long), null, typeof(OurFacts).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.DeclareLocal(field.DeclaringType!);
        il.Emit(OpCodes.Ldloca_S, (byte)0);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldloca_S, (byte)0);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ret);
        return (long)method.Invoke(null, null)!;
    }

    /// <summary>A byte before a value: the runtime's alignment of the value is what the pair is larger by.</summary>
    private struct AlignmentProbe<T>
        where T : unmanaged
    {
#pragma warning disable CS0649 // Only the layout of the fields counts.
        public byte Before;
        public T Value;
#pragma warning restore CS0649

        public static int Measure() => Unsafe.SizeOf<AlignmentProbe<T>>() - Unsafe.SizeOf<T>();
    }
}
