using System.Collections.Concurrent;
using System.Reflection;
using Rti.Types.Dynamic;

namespace EcuAgent.Connext;

/// <summary>Converts between a struct of the contract and Connext's dynamic data of the same IDL struct, field by field. Thread-safe.</summary>
internal sealed class StructMap
{
    private static readonly ConcurrentDictionary<Type, StructMap> Maps = new();

    private readonly Type _type;
    private readonly FieldMap[] _fields;

    private StructMap(Type type)
    {
        _type = type;
        _fields = [.. type.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => new FieldMap(field))];
    }

    /// <summary>The conversion of a struct.</summary>
    public static StructMap Of(Type type) => Maps.GetOrAdd(type, static t => new StructMap(t));

    /// <summary>Sets every member.</summary>
    public void Write(object boxed, DynamicData data)
    {
        foreach (var field in _fields)
        {
            field.Write(boxed, data);
        }
    }

    /// <summary>Reads every member; false when one has no value that the struct can hold.</summary>
    public bool TryRead(DynamicData data, out object boxed)
    {
        boxed = Activator.CreateInstance(_type)!;
        foreach (var field in _fields)
        {
            if (!field.TryRead(data, boxed))
            {
                return false;
            }
        }

        return true;
    }
}
