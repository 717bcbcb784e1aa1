using CsCheck;
using EcuAgent.IdlGen;
using EcuAgent.IdlGen.Emit;
using EcuAgent.IdlGen.Syntax;
using Xunit;

namespace EcuAgent.Idl.Tests;

/// <summary>Whatever the input, the generator ends with output or with a diagnostic of its own that lies inside the input.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Words =
    [
        "module", "struct", "enum", "typedef", "const", "string", "sequence", "union", "long", "short", "unsigned", "double", "boolean",
        "octet", "char", "int8", "uint64", "@", "@final", "@key", "@nested", "@topic", "@value(", "@optional", "{", "}", "(", ")", "[", "]",
        "<", ">", ";", ",", ":", "::", "=", "-", "a", "B", "c_d", "E1", "x", "0", "1", "7", "08", "0x", "0xFF", "4294967296",
        "99999999999999999999999", "\"t\"", "'", "\n", "// c\n", "/* d */", "/*", "#include \"a\"\n", "#ifndef A\n", "#define A\n", "#endif\n",
        "#else\n", "#", "\\", "\0", "é", "@final struct S { long a; };", "@final struct T { @key string<4> s; };", "enum E { P, Q };",
        "module m {", "};", "typedef long V[3];", "V v;", "const long N = 3;", "[N]", "string<N> t;",
    ];

    private static readonly string Contract = File.ReadAllText(Checkout.Full("idl/ecu_v1.idl"));

    [Fact]
    public void Parser_RandomWords_OnlyOwnDiagnostics() =>
        Gen.OneOf(Words).Array[0, 60].Select(static x => string.Join(' ', x)).Sample(EndsInOrder, iter: 20_000);

    [Fact]
    public void Parser_RandomText_OnlyOwnDiagnostics() => Gen.String.Sample(EndsInOrder, iter: 5_000);

    [Fact]
    public void Parser_DamagedContract_OnlyOwnDiagnostics() =>
        Gen.Select(Gen.Int[0, Contract.Length - 1], Gen.Int[0, 40], Gen.OneOf(Words))
            .Select(static (at, cut, word) => Contract[..at] + word + Contract[Math.Min(Contract.Length, at + cut)..])
            .Sample(EndsInOrder, iter: 300);

    private static bool EndsInOrder(string idl)
    {
        try
        {
            // Every include reads the same text, so recursion is part of the game.
            CSharpEmitter.Emit(Parser.Parse("x.idl", _ => idl), "N", someIpLengthBytes: 4);
            return true;
        }
        catch (IdlException e)
        {
            var lines = idl.Split('\n');
            return e.Code.StartsWith("IDL", StringComparison.Ordinal) && e.Message.Length > 0
                && e.Location.Line >= 1 && e.Location.Line <= lines.Length
                && e.Location.Column >= 1 && e.Location.Column <= lines[e.Location.Line - 1].Length + 1;
        }
    }
}
