using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EcuAgent.Interop.Tests.Samples;

/// <summary>The elements of an inline array whose type is not known when this is compiled.</summary>
internal static class InlineElements
{
    public static Type ElementType(Type array) => array.GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Single().FieldType;

    public static Span<TElement> Of<TArray, TElement>(ref TArray array, int length)
        where TArray : struct => MemoryMarshal.CreateSpan(ref Unsafe.As<TArray, TElement>(ref array), length);
}
