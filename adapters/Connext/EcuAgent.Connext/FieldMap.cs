using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using EcuAgent.Dds.TypeSupport;
using Rti.Types.Dynamic;

namespace EcuAgent.Connext;

/// <summary>One field of a struct, and the member of the IDL that it is.</summary>
internal sealed class FieldMap
{
    private readonly FieldInfo _field;
    private readonly string _member;
    private readonly ArrayAccess? _array;

    public FieldMap(FieldInfo field)
    {
        _field = field;

        // As the generator makes the one from the other.
        _member = JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name);
        _array = IsStruct(field.FieldType) && field.FieldType.GetCustomAttribute<InlineArrayAttribute>() is { } array
            ? ArrayAccess.Of(field.FieldType, array.Length)
            : null;
    }

    public void Write(object boxed, DynamicData data)
    {
        var value = _field.GetValue(boxed)!;
        if (_array is not null)
        {
            using var elements = data.LoanValue(_member);
            for (var i = 0; i < _array.Length; i++)
            {
                WriteElement(elements.Data, i + 1, _array.Get(value, i));
            }
        }
        else if (IsStruct(_field.FieldType))
        {
            using var inner = data.LoanValue(_member);
            StructMap.Of(_field.FieldType).Write(value, inner.Data);
        }
        else
        {
            data.SetAnyValue(_member, Plain(value));
        }
    }

    public bool TryRead(DynamicData data, object boxed)
    {
        object? value;
        if (_array is not null)
        {
            value = Activator.CreateInstance(_field.FieldType)!;
            using var elements = data.LoanValue(_member);
            for (var i = 0; i < _array.Length; i++)
            {
                if (ReadElement(elements.Data, i + 1, _array.ElementType) is not { } element)
                {
                    return false;
                }

                _array.Set(value, i, element);
            }
        }
        else if (IsStruct(_field.FieldType))
        {
            using var inner = data.LoanValue(_member);
            if (!StructMap.Of(_field.FieldType).TryRead(inner.Data, out value))
            {
                return false;
            }
        }
        else
        {
            value = Leaf(data.GetAnyValue(_member), _field.FieldType);
        }

        if (value is null)
        {
            return false;
        }

        _field.SetValue(boxed, value);
        return true;
    }

    // A bounded text is laid out as an array, too.
    private static bool IsStruct(Type type) => !type.IsEnum && !type.IsPrimitive && !typeof(IBoundedString).IsAssignableFrom(type);

    // Members of an array are told by their index from 1.
    private static void WriteElement(DynamicData elements, int index, object value)
    {
        if (IsStruct(value.GetType()))
        {
            using var element = elements.LoanValue(index);
            StructMap.Of(value.GetType()).Write(value, element.Data);
        }
        else
        {
            elements.SetAnyValue(index, Plain(value));
        }
    }

    private static object? ReadElement(DynamicData elements, int index, Type type)
    {
        if (!IsStruct(type))
        {
            return Leaf(elements.GetAnyValue(index), type);
        }

        using var element = elements.LoanValue(index);
        return StructMap.Of(type).TryRead(element.Data, out var value) ? value : null;
    }

    private static object Plain(object value) => value switch
    {
        Enum => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture),
        IBoundedString => value.ToString()!,
        _ => value,
    };

    /// <summary>A value of the wanted type; null where there is none: an enumerator or a text that it cannot hold.</summary>
    private static object? Leaf(object value, Type type)
    {
        if (type.IsEnum)
        {
            var number = Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture);
            return Enum.IsDefined(type, number) ? Enum.ToObject(type, number) : null;
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        var text = (IBoundedString)Activator.CreateInstance(type)!;
        return text.TrySet((string)value) ? text : null;
    }

    /// <summary>The elements of an inline array whose type is not known when this is compiled.</summary>
    private abstract class ArrayAccess(Type elementType, int length)
    {
        public Type ElementType { get; } = elementType;

        public int Length { get; } = length;

        public static ArrayAccess Of(Type array, int length)
        {
            var element = array.GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Single().FieldType;
            return (ArrayAccess)Activator.CreateInstance(typeof(Access<,>).MakeGenericType(array, element), length)!;
        }

        public abstract object Get(object boxed, int index);

        public abstract void Set(object boxed, int index, object value);

        private sealed class Access<TArray, TElement>(int length) : ArrayAccess(typeof(TElement), length)
            where TArray : struct
        {
            public override object Get(object boxed, int index) => Elements(boxed)[index]!;

            public override void Set(object boxed, int index, object value) => Elements(boxed)[index] = (TElement)value;

            private Span<TElement> Elements(object boxed) =>
                MemoryMarshal.CreateSpan(ref Unsafe.As<TArray, TElement>(ref Unsafe.Unbox<TArray>(boxed)), Length);
        }
    }
}
