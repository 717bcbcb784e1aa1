using EcuAgent.IdlGen.Model;

namespace EcuAgent.IdlGen.Layout;

/// <summary>Writes the program that <c>idlc -l c</c> 0.10 writes: the type first, then each struct in it once, depth first.</summary>
internal sealed class OpEmitter
{
    private readonly IdlStruct _topic;
    private readonly KeySet _keys;
    private readonly List<OpLine> _lines = [];
    private readonly Dictionary<IdlStruct, int> _starts = new(ReferenceEqualityComparer.Instance);
    private readonly List<(int Word, int Line, int WordInLine, IdlStruct Target, uint High)> _jumps = [];
    private int _words;

    private OpEmitter(IdlStruct topic)
    {
        _topic = topic;
        _keys = KeySet.Of(topic);
    }

    /// <exception cref="IdlException">The program has jumps that do not fit into 16 bits.</exception>
    public static OpProgram Emit(IdlStruct topic)
    {
        var emitter = new OpEmitter(topic);
        emitter.EmitStruct(topic);
        emitter.ResolveJumps();
        return emitter.EmitKeys();
    }

    private void EmitStruct(IdlStruct type)
    {
        _starts.Add(type, _words);
        var offsets = CLayout.Offsets(type);
        for (var i = 0; i < type.Members.Count; i++)
        {
            EmitMember(type, type.Members[i], offsets[i]);
        }

        Add([OpCode.Rts], $"end of {type.FullName}");
        foreach (var inner in type.Members.Select(static x => InnerStruct(x.Type)).OfType<IdlStruct>())
        {
            if (!_starts.ContainsKey(inner))
            {
                EmitStruct(inner);
            }
        }
    }

    private void EmitMember(IdlStruct type, IdlMember member, uint offset)
    {
        var code = OpCode.Adr | _keys.Flags(type, member);
        switch (member.Type)
        {
            case PrimitiveType x:
                Add([code | (OpCode.Code(x.Kind) << OpCode.TypeShift) | OpCode.Flags(x.Kind), offset], member.Name);
                break;
            case IdlEnum x:
                Add([code | (OpCode.Enum << OpCode.TypeShift) | OpCode.EnumSizeFourBytes, offset, x.MaximumValue], member.Name);
                break;
            case StringType x:
                Add([code | (OpCode.BoundedString << OpCode.TypeShift), offset, x.BoundBytes + 1], member.Name);
                break;
            case IdlStruct x:
                _jumps.Add((_words, _lines.Count, 2, x, 3));
                Add([code | (OpCode.External << OpCode.TypeShift), offset, 0], $"{member.Name}: {x.FullName}");
                break;
            case ArrayType x:
                EmitArray(code | (OpCode.Array << OpCode.TypeShift), member, x, offset);
                break;
        }
    }

    private void EmitArray(uint code, IdlMember member, ArrayType array, uint offset)
    {
        var (element, length) = Flatten(array);
        switch (element)
        {
            case PrimitiveType x:
                Add([code | (OpCode.Code(x.Kind) << OpCode.SubtypeShift) | OpCode.Flags(x.Kind), offset, length], member.Name);
                break;
            case IdlEnum x:
                Add([code | (OpCode.Enum << OpCode.SubtypeShift) | OpCode.EnumSizeFourBytes, offset, length, x.MaximumValue], member.Name);
                break;
            case StringType x:
                Add([code | (OpCode.BoundedString << OpCode.SubtypeShift), offset, length, 0, x.BoundBytes + 1], member.Name);
                break;
            case IdlStruct x:
                _jumps.Add((_words, _lines.Count, 3, x, 5));
                Add([code | (OpCode.Struct << OpCode.SubtypeShift), offset, length, 0, CLayout.SizeBytes(x)], $"{member.Name}: {x.FullName}");
                break;
        }
    }

    private void ResolveJumps()
    {
        foreach (var (word, line, wordInLine, target, high) in _jumps)
        {
            // From the start of the instruction; a struct that was emitted before gives a negative one.
            var distance = _starts[target] - word;
            if (distance is < short.MinValue or > short.MaxValue)
            {
                throw new IdlException(_topic.Location, IdlErrors.TooLarge, $"struct '{_topic.Name}' is too large: a jump of {distance} words does not fit 16 bits");
            }

            _lines[line].Words[wordInLine] = (high << 16) | (ushort)(short)distance;
        }
    }

    private OpProgram EmitKeys()
    {
        var lines = new List<OpLine>();
        var keys = new List<(string Path, uint OpsOffset)>();
        foreach (var path in _keys.Paths)
        {
            var name = string.Join('.', path.Select(static x => x.Member.Name));
            var words = path.Select(static x => WordOffset(x.Type, x.Member)).Prepend(OpCode.Kof | (uint)path.Count).ToArray();
            keys.Add((name, (uint)(_words + lines.Sum(static x => x.Words.Length))));
            lines.Add(new OpLine(words, $"key {name}"));
        }

        return new OpProgram(_lines, lines, keys);
    }

    /// <summary>How many words of a struct's instructions stand before those of a member.</summary>
    private static uint WordOffset(IdlStruct type, IdlMember member) =>
        (uint)type.Members.TakeWhile(x => !ReferenceEquals(x, member)).Sum(static x => WordCount(x.Type));

    private static int WordCount(IdlType type) => type switch
    {
        PrimitiveType => 2,
        IdlEnum or StringType or IdlStruct => 3,
        ArrayType x => Flatten(x).Element switch { PrimitiveType => 3, IdlEnum => 4, _ => 5 },
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no instruction"),
    };

    internal static (IdlType Element, uint Length) Flatten(ArrayType array)
    {
        var length = array.Length;
        var element = array.Element;
        while (element is ArrayType inner)
        {
            length = checked(length * inner.Length);
            element = inner.Element;
        }

        return (element, length);
    }

    private static IdlStruct? InnerStruct(IdlType type) => type switch
    {
        IdlStruct x => x,
        ArrayType x => Flatten(x).Element as IdlStruct,
        _ => null,
    };

    private void Add(uint[] words, string comment)
    {
        _lines.Add(new OpLine(words, comment));
        _words += words.Length;
    }
}
