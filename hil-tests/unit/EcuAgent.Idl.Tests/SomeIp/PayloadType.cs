using System.Runtime.InteropServices;
using EcuAgent.IdlGen.Emit;
using EcuAgent.IdlGen.Model;
using EcuAgent.SomeIp.TypeSupport;

namespace EcuAgent.Idl.Tests.SomeIp;

/// <summary>One generated struct, by the bytes of its memory, so that all types can be tested alike.</summary>
internal abstract class PayloadType(IdlStruct idl, int lengthBytes)
{
    /// <summary>Every struct of every contract that is generated for SOME/IP.</summary>
    public static IReadOnlyDictionary<string, PayloadType> All { get; } = Checkout.Contracts.Where(static x => x.SomeIpBits is not null)
        .SelectMany(static contract => contract.Parse().Declarations.OfType<IdlStruct>().Select(x => Create(contract, x)))
        .ToDictionary(static x => x.Idl.FullName, StringComparer.Ordinal);

    public IdlStruct Idl { get; } = idl;

    public int LengthBytes { get; } = lengthBytes;

    public abstract int MaxBytes { get; }

    public abstract bool TryWrite(ReadOnlySpan<byte> memory, Span<byte> destination, out int written, out SomeIpPayloadFault fault);

    public abstract bool TryRead(ReadOnlySpan<byte> payload, Span<byte> memory, out SomeIpPayloadFault fault);

    private static PayloadType Create(Contract contract, IdlStruct idl)
    {
        var name = $"{new CSharpNames(contract.Namespace).Namespace(idl.Scope)}.{CSharpNames.Simple(idl)}";
        var type = contract.Assembly.GetType(name, throwOnError: true)!;
        return (PayloadType)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(type), idl, contract.SomeIpBits!.Value / 8)!;
    }

    private sealed class Typed<T>(IdlStruct idl, int lengthBytes) : PayloadType(idl, lengthBytes)
        where T : unmanaged, ISomeIpType<T>
    {
        public override int MaxBytes => T.MaxSomeIpBytes;

        public override bool TryWrite(ReadOnlySpan<byte> memory, Span<byte> destination, out int written, out SomeIpPayloadFault fault) =>
            SomeIpPayload.TryWrite(in MemoryMarshal.AsRef<T>(memory), destination, out written, out fault);

        public override bool TryRead(ReadOnlySpan<byte> payload, Span<byte> memory, out SomeIpPayloadFault fault) =>
            SomeIpPayload.TryRead(payload, out MemoryMarshal.AsRef<T>(memory), out fault);
    }
}
