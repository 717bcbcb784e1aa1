using EcuAgent.IdlGen;
using EcuAgent.IdlGen.Emit;
using EcuAgent.IdlGen.Syntax;
using Xunit;

namespace EcuAgent.Idl.Tests;

/// <summary>What is not supported or wrong is refused with file, line, column and construct.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("module m {\n  union U switch (long) { case 1: long a; };\n};", 2, 3, "IDL100", "construct 'union'")]
    [InlineData("module m {\n  bitmask B { A };\n};", 2, 3, "IDL100", "construct 'bitmask'")]
    [InlineData("module m {\n  bitset B { bitfield<3> a; };\n};", 2, 3, "IDL100", "construct 'bitset'")]
    [InlineData("interface I { };", 1, 1, "IDL100", "construct 'interface'")]
    [InlineData("@final struct S {\n  map<long, long> m;\n};", 2, 3, "IDL100", "construct 'map'")]
    [InlineData("@final struct S {\n  wstring<4> w;\n};", 2, 3, "IDL100", "construct 'wstring'")]
    [InlineData("@final struct S {\n  wchar w;\n};", 2, 3, "IDL100", "construct 'wchar'")]
    [InlineData("@final struct S {\n  long double d;\n};", 2, 3, "IDL100", "construct 'long double'")]
    [InlineData("@final struct S {\n  any a;\n};", 2, 3, "IDL100", "construct 'any'")]
    [InlineData("@final struct S {\n  string s;\n};", 2, 3, "IDL101", "construct 'string' without a bound")]
    [InlineData("@final struct S {\n  sequence<long> s;\n};", 2, 3, "IDL101", "construct 'sequence' without a bound")]
    [InlineData("@final struct S {\n  sequence<long, 4> s;\n};", 2, 3, "IDL100", "construct 'sequence'")]
    [InlineData("@final struct A { long x; };\n@final struct B : A { long y; };", 2, 17, "IDL100", "construct 'inheritance'")]
    [InlineData("struct A;", 1, 1, "IDL100", "construct 'forward declaration'")]
    [InlineData("@final struct S {\n  long a[2 + 3];\n};", 2, 12, "IDL100", "construct 'expression'")]
    [InlineData("const string<3> S = \"abc\";", 1, 7, "IDL100", "construct 'const'")]
    [InlineData("@final struct S {\n  long _escaped;\n};", 2, 8, "IDL100", "'_escaped'")]
    [InlineData("@appendable struct S { long a; };", 1, 1, "IDL102", "construct '@appendable'")]
    [InlineData("@mutable struct S { long a; };", 1, 1, "IDL102", "construct '@mutable'")]
    [InlineData("module m {\n  struct S { long a; };\n};", 2, 3, "IDL102", "no '@final'")]
    [InlineData("@final struct S {\n  @optional long a;\n};", 2, 3, "IDL103", "construct '@optional'")]
    [InlineData("@final struct S {\n  @external long a;\n};", 2, 3, "IDL103", "construct '@external'")]
    [InlineData("@final struct S {\n  @id(4) long a;\n};", 2, 3, "IDL103", "construct '@id'")]
    [InlineData("@bit_bound(8) enum E { A };", 1, 1, "IDL103", "construct '@bit_bound'")]
    [InlineData("@final @nested @topic struct S { long a; };", 1, 16, "IDL103", "'@topic'")]
    [InlineData("@final struct S { @key(maybe) long a; };", 1, 19, "IDL103", "not 'maybe'")]
    [InlineData("@final struct S {\n  @key string<3> a[2];\n};", 2, 18, "IDL104", "construct '@key' on 'a'")]
    [InlineData("@nested @final struct P { long a; };\n@final struct S { @key P a[2]; };", 2, 26, "IDL104", "construct '@key' on 'a'")]
    [InlineData("@final struct S {\n  octet a[1024][1024];\n  octet b;\n};", 1, 15, "IDL105", "larger than 1048576 bytes")]
    [InlineData("@final struct S {\n  long a[1024][1024];\n};", 2, 20, "IDL105", "larger than 1048576 bytes")]
    [InlineData("@final struct S { long a$; };", 1, 25, "IDL002", "U+0024")]
    [InlineData("/* open\n\n", 1, 1, "IDL002", "comment is not closed")]
    [InlineData("const long A = 'x", 1, 16, "IDL002", "literal is not closed")]
    [InlineData("@final struct S { long a }", 1, 26, "IDL003", "';' expected before '}'")]
    [InlineData("@final struct S { long module; };", 1, 24, "IDL003", "'module' is a word of IDL")]
    [InlineData("enum E { A, };", 1, 13, "IDL003", "name of an enumerator expected before '}'")]
    [InlineData("module m { @final struct S { long a; };", 1, 40, "IDL003", "'}' expected before end of file")]
    [InlineData("long a;", 1, 1, "IDL003", "a definition expected before 'long'")]
    [InlineData("#pragma keylist S a", 1, 1, "IDL004", "'#pragma keylist S a'")]
    [InlineData("#if 1\n#endif", 1, 1, "IDL004", "'#if 1'")]
    [InlineData("\n#ifdef A\nlong", 2, 1, "IDL004", "no #endif")]
    [InlineData("#define A 3", 1, 1, "IDL004", "'#define A 3'")]
    [InlineData("@final struct S {\n  Unknown a;\n};", 2, 3, "IDL005", "'Unknown'")]
    [InlineData("@final struct A { long x; };\n@final struct S { a x; };", 2, 19, "IDL005", "'a'")]
    [InlineData("@final struct S { long a; S b; };", 1, 27, "IDL005", "'S'")]
    [InlineData("enum E { A };\n@final struct S { A a; };", 2, 19, "IDL005", "'A'")]
    [InlineData("@final struct A { long l; };\n@final struct S { A a; A b; };", 2, 24, "IDL005", "hidden by member 'a'")]
    [InlineData("@final struct S { long a; short A; };", 1, 33, "IDL006", "'A'")]
    [InlineData("@final struct S { long s; };", 1, 24, "IDL006", "name of its struct")]
    [InlineData("module m { @final struct M { long s; }; };", 1, 26, "IDL006", "name of the module")]
    [InlineData("enum E { A };\nenum F { A };", 2, 10, "IDL006", "'A'")]
    [InlineData("@final struct S { long a_b; long aB; };", 1, 34, "IDL006", "C# name 'AB'")]
    [InlineData("@final struct S { string<0> a; };", 1, 26, "IDL007", "bound of a string must be 1")]
    [InlineData("@final struct S { long a[-1]; };", 1, 26, "IDL007", "not -1")]
    [InlineData("@final struct S { long a[1.5]; };", 1, 26, "IDL007", "'1.5'")]
    [InlineData("const octet A = 256;", 1, 17, "IDL007", "256 does not fit")]
    [InlineData("enum E { @value(3) A, @value(2) B };", 1, 23, "IDL007", "'@value(2)'")]
    [InlineData("@final struct S { };", 1, 15, "IDL008", "no members")]
    [InlineData("module m { };", 1, 12, "IDL008", "is empty")]
    public void Idl_NotSupportedOrWrong_NamesPlaceAndConstruct(string idl, int line, int column, string code, string part)
    {
        var error = Assert.Throws<IdlException>(() => CSharpEmitter.Emit(Parser.Parse("dir/x.idl", _ => idl), "N"));
        Assert.Equal((new IdlLocation("dir/x.idl", line, column), code), (error.Location, error.Code));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"dir/x.idl({line},{column}): error {code}: ", error.Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Include_ErrorInIncludedFile_NamesThatFile()
    {
        var error = Assert.Throws<IdlException>(() => Parser.Parse("a/x.idl", file => file switch
        {
            "a/x.idl" => "\n#include \"sub/y.idl\"\n",
            _ => "\n\nunion U;",
        }));
        Assert.Equal(new IdlLocation(Path.Combine("a", "sub/y.idl"), 3, 1), error.Location);
    }

    [Fact]
    public void Include_OfItself_IsRefused()
    {
        var error = Assert.Throws<IdlException>(() => Parser.Parse("x.idl", _ => "#include \"x.idl\"\n"));
        Assert.Equal("IDL004", error.Code);
    }

    [Fact]
    public void Include_MissingFile_NamesTheDirective()
    {
        var error = Assert.Throws<IdlException>(() => Parser.Parse("x.idl", static file =>
            file == "x.idl" ? "\n  #include \"gone.idl\"\n" : throw new FileNotFoundException("no such file")));
        Assert.Equal("x.idl(2,3): error IDL001: cannot read 'gone.idl': no such file", error.Line);
    }

    [Fact]
    public void Keys_DoublingAtEachLevel_RefusedInsteadOfRunningForever()
    {
        var idl = "@nested @final struct L0 { @key long a; };\n"
            + string.Concat(Enumerable.Range(1, 16).Select(static i => $"@nested @final struct L{i} {{ @key L{i - 1} x; @key L{i - 1} y; }};\n"))
            + "@final struct Top { @key L16 a; };";
        var error = Assert.Throws<IdlException>(() => CSharpEmitter.Emit(Parser.Parse("x.idl", _ => idl), "N"));
        Assert.Equal("IDL105", error.Code);
    }

    [Fact]
    public void Structs_NestedTooDeep_Refused()
    {
        var idl = "@nested @final struct L0 { long a; };\n"
            + string.Concat(Enumerable.Range(1, 5000).Select(static i => $"@nested @final struct L{i} {{ L{i - 1} x; }};\n"));
        var error = Assert.Throws<IdlException>(() => Parser.Parse("x.idl", _ => idl));
        Assert.Equal(("IDL105", 33), (error.Code, error.Location.Line));
    }
}
