using EcuAgent.IdlGen.Layout;
using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Syntax;

/// <summary>Types, bounds, integers and annotations.</summary>
internal sealed partial class Parser
{
    /// <summary>The runtime takes inline arrays of up to 1 MiB; no sample of a vehicle bus comes near.</summary>
    private const uint MaximumSizeBytes = 1 << 20;

    private const uint MaximumLength = MaximumSizeBytes - 1;

    private const int MaximumDepth = 32;

    private IdlType ReadType()
    {
        var word = _tokens.Current;
        if (word.Kind == TokenKind.Identifier && Keywords.UnsupportedTypes.Contains(word.Text))
        {
            throw new IdlException(word.Location, IdlErrors.Unsupported, $"construct '{word.Text}' is not supported as type of a member");
        }

        switch (word.Text)
        {
            case "string":
                return ReadString();
            case "sequence":
                ReadSequence();
                break;
        }

        if (word.Kind == TokenKind.Identifier && Keywords.All.Contains(word.Text))
        {
            return new PrimitiveType(ReadPrimitive());
        }

        var name = ReadScopedName("type");
        return _scope.Find<IdlType>(name, word.Location, "type");
    }

    private StringType ReadString()
    {
        var word = _tokens.Expect("string");
        if (!_tokens.TryRead("<"))
        {
            throw new IdlException(word.Location, IdlErrors.Unbounded, "construct 'string' without a bound is not supported: write string<N>");
        }

        var bound = ReadLength("bound of a string");
        _tokens.Expect(">");
        return new StringType(bound);
    }

    private void ReadSequence()
    {
        var word = _tokens.Expect("sequence");
        _tokens.Expect("<");
        ReadType();
        throw _tokens.Current.Is(",")
            ? new IdlException(word.Location, IdlErrors.Unsupported, "construct 'sequence' is not supported: write an array and a count")
            : new IdlException(word.Location, IdlErrors.Unbounded, "construct 'sequence' without a bound is not supported");
    }

    private PrimitiveKind ReadPrimitive()
    {
        var word = _tokens.Read();
        switch (word.Text)
        {
            case "boolean": return PrimitiveKind.Boolean;
            case "char": return PrimitiveKind.Char;
            case "int8": return PrimitiveKind.Int8;
            case "octet" or "uint8": return PrimitiveKind.UInt8;
            case "short" or "int16": return PrimitiveKind.Int16;
            case "uint16": return PrimitiveKind.UInt16;
            case "int32": return PrimitiveKind.Int32;
            case "uint32": return PrimitiveKind.UInt32;
            case "int64": return PrimitiveKind.Int64;
            case "uint64": return PrimitiveKind.UInt64;
            case "float": return PrimitiveKind.Float;
            case "double": return PrimitiveKind.Double;
            case "long" when _tokens.Current.Is("double"):
                throw new IdlException(word.Location, IdlErrors.Unsupported, "construct 'long double' is not supported");
            case "long": return _tokens.TryRead("long") ? PrimitiveKind.Int64 : PrimitiveKind.Int32;
            case "unsigned" when _tokens.TryRead("short"): return PrimitiveKind.UInt16;
            case "unsigned" when _tokens.TryRead("long"):
                return _tokens.TryRead("long") ? PrimitiveKind.UInt64 : PrimitiveKind.UInt32;
            default:
                throw new IdlException(word.Location, IdlErrors.Syntax, $"a type expected before {word.Shown}");
        }
    }

    private IdlType ReadDimensions(IdlType element)
    {
        var lengths = new Stack<uint>();
        while (_tokens.TryRead("["))
        {
            lengths.Push(ReadLength("length of an array"));
            _tokens.Expect("]");
        }

        foreach (var length in lengths)
        {
            if ((ulong)CLayout.SizeBytes(element) * length > MaximumSizeBytes)
            {
                throw new IdlException(_tokens.Previous.Location, IdlErrors.TooLarge, $"array is larger than {MaximumSizeBytes} bytes");
            }

            element = new ArrayType(element, length);
            if (CLayout.Depth(element) > MaximumDepth)
            {
                throw new IdlException(_tokens.Previous.Location, IdlErrors.TooLarge, $"types are nested deeper than {MaximumDepth}");
            }
        }

        return element;
    }

    private uint ReadLength(string what)
    {
        var location = _tokens.Current.Location;
        var value = ReadInteger();
        return value >= 1 && value <= MaximumLength
            ? (uint)value
            : throw new IdlException(location, IdlErrors.Value, $"{what} must be 1 .. {MaximumLength}, not {value}");
    }

    private Int128 ReadInteger()
    {
        var token = _tokens.Current;
        if (_tokens.TryRead("-"))
        {
            return -ReadUnsignedInteger();
        }

        _tokens.TryRead("+");
        var value = ReadUnsignedInteger();
        if (_tokens.Current.Kind == TokenKind.Symbol && "+-*/%|&^~<<".Contains(_tokens.Current.Text, StringComparison.Ordinal))
        {
            throw new IdlException(_tokens.Current.Location, IdlErrors.Unsupported, $"construct 'expression' after {token.Shown} is not supported: write the value");
        }

        return value;
    }

    private Int128 ReadUnsignedInteger()
    {
        var token = _tokens.Current;
        if (token.Kind == TokenKind.Integer)
        {
            _tokens.Read();
            return TryParseInteger(token.Text, out var value)
                ? value
                : throw new IdlException(token.Location, IdlErrors.Value, $"'{token.Text}' is no integer of at most 64 bits");
        }

        if (token.Kind == TokenKind.Identifier || token.Is("::"))
        {
            return _scope.Find<IdlConstant>(ReadScopedName("constant"), token.Location, "constant").Value;
        }

        throw new IdlException(token.Location, IdlErrors.Syntax, $"an integer expected before {token.Shown}");
    }

    private static bool TryParseInteger(string text, out Int128 value) => Integers.TryParse(text, out value);

    private string ReadScopedName(string what)
    {
        var name = _tokens.TryRead("::") ? "::" : string.Empty;
        name += _tokens.ExpectIdentifier($"name of a {what}").Text;
        while (_tokens.TryRead("::"))
        {
            name += "::" + _tokens.ExpectIdentifier($"name of a {what}").Text;
        }

        return name;
    }

    private List<Annotation> ReadAnnotations()
    {
        var annotations = new List<Annotation>();
        while (_tokens.Current.Is("@"))
        {
            var location = _tokens.Read().Location;
            var name = _tokens.Current.Kind == TokenKind.Identifier
                ? _tokens.Read().Text
                : throw new IdlException(_tokens.Current.Location, IdlErrors.Syntax, $"name of an annotation expected before {_tokens.Current.Shown}");
            string? argument = null;
            if (_tokens.TryRead("("))
            {
                argument = string.Empty;
                while (!_tokens.Current.Is(")") && !_tokens.AtEnd)
                {
                    argument += _tokens.Read().Text;
                }

                _tokens.Expect(")");
            }

            annotations.Add(new Annotation(name, argument, location));
        }

        return annotations;
    }

    private static void Allow(List<Annotation> annotations, params ReadOnlySpan<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var annotation in annotations)
        {
            if (annotation.Name is "appendable" or "mutable" or "extensibility")
            {
                throw new IdlException(annotation.Location, IdlErrors.Extensibility, $"construct '@{annotation.Name}' is not supported: every type is '@final'");
            }

            if (!names.Contains(annotation.Name))
            {
                throw new IdlException(annotation.Location, IdlErrors.Annotation, $"construct '@{annotation.Name}' is not supported here");
            }

            if (!seen.Add(annotation.Name))
            {
                throw new IdlException(annotation.Location, IdlErrors.Annotation, $"'@{annotation.Name}' stands twice");
            }
        }
    }
}
