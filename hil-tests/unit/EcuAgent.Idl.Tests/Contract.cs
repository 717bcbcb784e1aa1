using System.Reflection;
using EcuAgent.IdlGen.Model;
using EcuAgent.IdlGen.Syntax;

namespace EcuAgent.Idl.Tests;

/// <summary>One IDL file and the C# that is checked in for it. SomeIpBits: width of the length fields in SOME/IP payloads, null without.</summary>
internal sealed record Contract(string Idl, string Output, string Namespace, Assembly Assembly, int? SomeIpBits)
{
    public IdlFile Parse() => Parser.Parse(Checkout.Full(Idl), File.ReadAllText);

    public override string ToString() => Idl;
}
