using EcuAgent.SomeIp.TypeSupport;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.Fuzz;

/// <summary>
/// Payloads of every type of the contract; the first byte chooses the type. Nothing that comes from the network is an exception, and what could be read
/// can be written, and reads as the same again.
/// </summary>
internal sealed class PayloadTarget : IFuzzTarget
{
    private readonly IPayload[] _types = [.. typeof(V1.VehicleSpeed).Assembly.GetExportedTypes()
        .Where(static type => type.IsValueType && type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ISomeIpType<>)))
        .OrderBy(static type => type.FullName, StringComparer.Ordinal)
        .Select(static type => (IPayload)Activator.CreateInstance(typeof(Payload<>).MakeGenericType(type))!)];

    public IReadOnlyList<byte[]> Seeds => [.. _types.Select(static (type, index) => (byte[])[(byte)index, .. type.Sample()])];

    public void Run(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            _types[bytes[0] % _types.Length].Run(bytes[1..]);
        }
    }

    private interface IPayload
    {
        byte[] Sample();

        void Run(ReadOnlySpan<byte> payload);
    }

    private sealed class Payload<T> : IPayload
        where T : struct, ISomeIpType<T>
    {
        private readonly byte[] _first = new byte[T.MaxSomeIpBytes];
        private readonly byte[] _second = new byte[T.MaxSomeIpBytes];

        public byte[] Sample()
        {
            var zero = default(T);
            return SomeIpPayload.TryWrite(in zero, _first, out var written, out _) ? _first[..written] : new byte[T.MaxSomeIpBytes];
        }

        public void Run(ReadOnlySpan<byte> payload)
        {
            if (!SomeIpPayload.TryRead<T>(payload, out var value, out _))
            {
                return;
            }

            var first = Write(in value, _first);
            if (!SomeIpPayload.TryRead<T>(first, out var again, out var fault))
            {
                throw new InvalidOperationException($"{typeof(T).Name} that was written cannot be read: {fault}");
            }

            if (!first.SequenceEqual(Write(in again, _second)))
            {
                throw new InvalidOperationException($"{typeof(T).Name} is another one after it was written and read");
            }
        }

        private static ReadOnlySpan<byte> Write(in T value, byte[] destination) =>
            SomeIpPayload.TryWrite(in value, destination, out var written, out var fault)
                ? destination.AsSpan(0, written)
                : throw new InvalidOperationException($"{typeof(T).Name} that was read cannot be written: {fault}");
    }
}
