using System.Globalization;
using EcuAgent.IdlGen.Layout;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Emit;

/// <summary>Writes the part of a struct that puts it into a SOME/IP payload and takes it out.</summary>
internal sealed class SomeIpEmitter(SomeIpLayout layout, CSharpNames names)
{
    private const string TypeSupport = "global::EcuAgent.SomeIp.TypeSupport";

    /// <exception cref="IdlException">A string or array is longer than its length field can say.</exception>
    public SourceWriter Emit(IdlStruct type, SourceWriter writer)
    {
        var name = CSharpNames.Simple(type);
        writer.Line($"public partial struct {name} : {TypeSupport}.ISomeIpType<{name}>");
        writer.Open();
        writer.Line("/// <inheritdoc/>");
        writer.Line(CultureInfo.InvariantCulture, $"public static int MaxSomeIpBytes => {layout.MaximumContentBytes(type)};");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public static void WriteSomeIp(in {name} value, ref {TypeSupport}.SomeIpPayloadWriter writer)");
        writer.Open();
        foreach (var member in type.Members)
        {
            layout.Check(member);
            Write(member.Type, $"value.{CSharpNames.Field(type, member)}", 0, writer);
        }

        writer.Close();
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public static void ReadSomeIp(ref {TypeSupport}.SomeIpPayloadReader reader, out {name} value)");
        writer.Open();
        writer.Line("value = default;");
        foreach (var member in type.Members)
        {
            Read(member.Type, $"value.{CSharpNames.Field(type, member)}", 0, writer);
        }

        writer.Close();
        writer.Close();
        return writer;
    }

    private void Write(IdlType type, string place, int depth, SourceWriter writer)
    {
        switch (type)
        {
            case PrimitiveType:
                writer.Line($"writer.Write({place});");
                break;
            case IdlEnum x:
                writer.Line(CultureInfo.InvariantCulture, $"writer.WriteEnum((int){place}, {x.MaximumValue});");
                break;
            case StringType:
                writer.Line(CultureInfo.InvariantCulture, $"writer.WriteString({place}, {layout.LengthBytes});");
                break;
            case IdlStruct x:
                writer.Line($"{names.Qualified(x)}.WriteSomeIp(in {place}, ref writer);");
                break;
            case ArrayType x:
                OpenArray(x, $"writer.BeginLength({layout.LengthBytes.ToString(CultureInfo.InvariantCulture)})", "start", depth, writer);
                Write(x.Element, Element(place, depth), depth + 1, writer);
                writer.Close();
                writer.Line(CultureInfo.InvariantCulture, $"writer.EndLength(start{depth}, {layout.LengthBytes});");
                writer.Close();
                break;
        }
    }

    private void Read(IdlType type, string place, int depth, SourceWriter writer)
    {
        switch (type)
        {
            case PrimitiveType:
                writer.Line($"reader.Read(out {place});");
                break;
            case IdlEnum x:
                writer.Line(CultureInfo.InvariantCulture, $"{place} = ({names.Qualified(x)})reader.ReadEnum({x.MaximumValue});");
                break;
            case StringType:
                writer.Line(CultureInfo.InvariantCulture, $"reader.ReadString({place}, {layout.LengthBytes});");
                break;
            case IdlStruct x:
                writer.Line($"{names.Qualified(x)}.ReadSomeIp(ref reader, out {place});");
                break;
            case ArrayType x:
                OpenArray(x, string.Create(CultureInfo.InvariantCulture, $"reader.BeginArray({layout.LengthBytes}, {layout.MaximumContentBytes(x)})"), "end", depth, writer);
                Read(x.Element, Element(place, depth), depth + 1, writer);
                writer.Close();
                writer.Line(CultureInfo.InvariantCulture, $"reader.EndArray(end{depth});");
                writer.Close();
                break;
        }
    }

    // A block of its own, so that the next array of the struct can use the same names.
    private static void OpenArray(ArrayType type, string begin, string kept, int depth, SourceWriter writer)
    {
        writer.Open();
        writer.Line(CultureInfo.InvariantCulture, $"var {kept}{depth} = {begin};");
        writer.Line(CultureInfo.InvariantCulture, $"for (var i{depth} = 0; i{depth} < {type.Length}; i{depth}++)");
        writer.Open();
    }

    private static string Element(string place, int depth) => string.Create(CultureInfo.InvariantCulture, $"{place}[i{depth}]");
}
