using System.Reflection;
using EcuAgent.Dds.TypeSupport;

namespace EcuAgent.VehicleBus.Tests;

/// <summary>Wire structs with one field set and all others zero, to see which fields a mapping takes.</summary>
internal static class Filled
{
    /// <summary>Every sample with one field changed from zero, by the name of the field.</summary>
    public static IEnumerable<(string Field, T Sample)> OneByOne<T>()
        where T : unmanaged
    {
        foreach (var field in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            object sample = default(T);
            field.SetValue(sample, Value(field.FieldType));
            yield return (field.Name, (T)sample);
        }
    }

    private static object Value(Type type)
    {
        if (type == typeof(bool))
        {
            return true;
        }

        if (type.IsEnum)
        {
            return Enum.ToObject(type, 1);
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(1, type);
        }

        var value = Activator.CreateInstance(type)!;
        if (value is IBoundedString text)
        {
            Assert.True(text.TrySet("x"));
            return text;
        }

        return type == typeof(Idl.DoubleArray4) ? Doubles() : type == typeof(Idl.ByteArray4) ? Bytes() : value;
    }

    private static Idl.DoubleArray4 Doubles()
    {
        var array = default(Idl.DoubleArray4);
        (array[0], array[1], array[2], array[3]) = (1, 2, 3, 4);
        return array;
    }

    private static Idl.ByteArray4 Bytes()
    {
        var array = default(Idl.ByteArray4);
        (array[0], array[1], array[2], array[3]) = (1, 2, 3, 4);
        return array;
    }
}
