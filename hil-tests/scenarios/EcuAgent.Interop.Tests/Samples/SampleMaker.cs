using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using EcuAgent.Dds.TypeSupport;

namespace EcuAgent.Interop.Tests.Samples;

/// <summary>Fills the contract's structs, whatever fields they have.</summary>
internal sealed class SampleMaker
{
    private const string NotAscii = "é世😀";

    private static readonly double[] Doubles =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, -1.5e-300, 0.1];

    private readonly SampleKind _kind;
    private int _number;

    private SampleMaker(SampleKind kind) => _kind = kind;

    public static T Make<T>(SampleKind kind)
        where T : unmanaged => kind == SampleKind.Empty ? default : (T)new SampleMaker(kind).Value(typeof(T), string.Empty);

    private object Value(Type type, string name)
    {
        _number++;
        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(_kind == SampleKind.Extreme ? values.Length - 1 : _number % values.Length)!;
        }

        if (type.IsPrimitive)
        {
            return _kind == SampleKind.Extreme ? Extreme(type) : Distinct(type);
        }

        var value = Activator.CreateInstance(type)!;
        if (value is IBoundedString text)
        {
            // One byte a character first, so that the bound is met to the byte, then up to four.
            var capacity = Marshal.SizeOf(type) - 1;
            var wanted = _kind == SampleKind.Extreme ? Longest(capacity) : $"{name} {_number} {NotAscii}";
            text.SetTruncated(wanted);
            return text;
        }

        if (type.GetCustomAttribute<InlineArrayAttribute>() is { } array)
        {
            return typeof(SampleMaker).GetMethod(nameof(Array), BindingFlags.NonPublic | BindingFlags.Instance)!
                .MakeGenericMethod(type, InlineElements.ElementType(type)).Invoke(this, [array.Length, name])!;
        }

        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            field.SetValue(value, Value(field.FieldType, field.Name));
        }

        return value;
    }

    private TArray Array<TArray, TElement>(int length, string name)
        where TArray : struct
    {
        var array = default(TArray);
        foreach (ref var element in InlineElements.Of<TArray, TElement>(ref array, length))
        {
            element = (TElement)Value(typeof(TElement), name);
        }

        return array;
    }

    private object Distinct(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => _number % 2 == 0,
        TypeCode.Byte => (byte)_number,
        TypeCode.Int64 => 1_760_000_000_123_456_789L + _number,
        TypeCode.UInt64 => 9_007_199_254_740_993UL + (ulong)_number,
        TypeCode.Double => _number + (1.0 / 3),
        _ => Convert.ChangeType(_number, type),
    };

    private object Extreme(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => true,
        TypeCode.Byte => byte.MaxValue,
        TypeCode.Int32 => int.MinValue,
        TypeCode.UInt32 => uint.MaxValue,
        TypeCode.Int64 => _number % 2 == 0 ? long.MinValue : long.MaxValue,
        TypeCode.UInt64 => ulong.MaxValue,
        TypeCode.Double => Doubles[_number % Doubles.Length],
        _ => throw new NotSupportedException($"no extreme of {type}"),
    };

    private static string Longest(int capacityBytes)
    {
        var whole = Encoding.UTF8.GetByteCount(NotAscii);
        return new string('x', capacityBytes % whole) + string.Concat(Enumerable.Repeat(NotAscii, capacityBytes / whole));
    }
}
