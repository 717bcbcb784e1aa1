using System.Text;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.Idl.Tests.Oracle;

/// <summary>Writes the C program that prints, as lines of words, everything idlc and the C compiler know about the types.</summary>
internal static class CProgram
{
    public static string Write(IdlFile file, IEnumerable<string> generatedSources)
    {
        var text = new StringBuilder("#include <stdio.h>\n#include <stddef.h>\n");
        foreach (var source in generatedSources)
        {
            text.Append($"#include \"{source}\"\n");
        }

        text.Append("int main (void)\n{\n");
        foreach (var declaration in file.Declarations)
        {
            switch (declaration)
            {
                case IdlStruct type:
                    WriteStruct(text, type);
                    break;
                case IdlEnum type:
                    WriteEnum(text, type);
                    break;
            }
        }

        return text.Append("  return 0;\n}\n").ToString();
    }

    public static string Name(IdlDeclaration type) => string.Join('_', [.. type.Scope, type.Name]);

    private static void WriteStruct(StringBuilder text, IdlStruct type)
    {
        var name = Name(type);
        text.Append($"  printf (\"struct {type.FullName} %zu %zu\\n\", sizeof ({name}), (size_t) _Alignof ({name}));\n");
        foreach (var member in type.Members)
        {
            text.Append($"  printf (\"member {type.FullName} {member.Name} %zu %zu\\n\", offsetof ({name}, {member.Name}), sizeof ((({name} *) 0)->{member.Name}));\n");
        }

        if (type.IsNested)
        {
            return;
        }

        text.Append($"  printf (\"topic {type.FullName} %s %u %u %u %u %u [%s]\\n\", {name}_desc.m_typename, {name}_desc.m_size, {name}_desc.m_align, {name}_desc.m_flagset, {name}_desc.m_nops, {name}_desc.m_nkeys, {name}_desc.m_meta);\n");
        text.Append($"  for (unsigned i = 0; i < {name}_desc.m_nkeys; i++)\n");
        text.Append($"    printf (\"key {type.FullName} %s %u %u\\n\", {name}_desc.m_keys[i].m_name, {name}_desc.m_keys[i].m_offset, {name}_desc.m_keys[i].m_idx);\n");
        text.Append($"  printf (\"ops {type.FullName}\");\n");
        text.Append($"  for (size_t i = 0; i < sizeof ({name}_ops) / sizeof ({name}_ops[0]); i++) printf (\" %08X\", (unsigned) {name}_ops[i]);\n");
        text.Append("  printf (\"\\n\");\n");
    }

    private static void WriteEnum(StringBuilder text, IdlEnum type)
    {
        text.Append($"  printf (\"enum {type.FullName} %zu\\n\", sizeof ({Name(type)}));\n");
        foreach (var enumerator in type.Enumerators)
        {
            text.Append($"  printf (\"value {type.FullName} {enumerator.Name} %u\\n\", (unsigned) {string.Join('_', [.. type.Scope, enumerator.Name])});\n");
        }
    }
}
