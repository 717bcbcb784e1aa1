using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EcuAgent.Qwen.Decoding;

/// <summary>
/// The few functions of ONNX Runtime's C API that a decoding step needs. The managed binding allocates for every tensor it binds;
/// these do not, so that tensors whose length grows with every token cost no garbage.
/// </summary>
/// <remarks>
/// OrtApi is a table of function pointers that only ever grows at its end, so a position in it is part of the ABI. Positions are those
/// of onnxruntime_c_api.h; all of them are there since API version 5.
/// </remarks>
internal static unsafe partial class OrtNative
{
    private const int ApiVersion = 16;
    private static readonly delegate* unmanaged<nint, byte*> ErrorMessage;
    private static readonly delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensor;
    private static readonly delegate* unmanaged<nint, void> ReleaseStatus;
    private static readonly delegate* unmanaged<nint, void> ReleaseValue;
    private static readonly delegate* unmanaged<nint, byte*, nint, nint> BindInputFunction;
    private static readonly delegate* unmanaged<nint, byte*, nint, nint> BindOutputFunction;
    private static readonly nint CpuMemory;

    static OrtNative()
    {
        var getApi = (delegate* unmanaged<uint, nint>)(*(nint*)OrtGetApiBase());
        var api = (nint*)getApi(ApiVersion);
        ErrorMessage = (delegate* unmanaged<nint, byte*>)api[2];
        CreateTensor = (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)api[49];
        ReleaseStatus = (delegate* unmanaged<nint, void>)api[93];
        ReleaseValue = (delegate* unmanaged<nint, void>)api[96];
        BindInputFunction = (delegate* unmanaged<nint, byte*, nint, nint>)api[136];
        BindOutputFunction = (delegate* unmanaged<nint, byte*, nint, nint>)api[137];
        var createCpuMemory = (delegate* unmanaged<int, int, nint*, nint>)api[69];
        nint memory;
        const int ArenaAllocator = 1;
        Check(createCpuMemory(ArenaAllocator, 0, &memory), "CreateCpuMemoryInfo");

        // Lives as long as the process, as the managed binding's own default does.
        CpuMemory = memory;
    }

    /// <summary>Binds a tensor in main memory to an input or output. The data must stay where it is while the binding is in use.</summary>
    /// <param name="binding">The binding.</param>
    /// <param name="isOutput">Whether the graph writes it.</param>
    /// <param name="name">Zero-terminated UTF-8.</param>
    /// <param name="data">First element.</param>
    /// <param name="byteCount">Bytes of the tensor.</param>
    /// <param name="shape">Dimensions.</param>
    /// <param name="type">Element type.</param>
    /// <exception cref="InvalidOperationException">ONNX Runtime refuses it.</exception>
    public static void Bind(OrtIoBinding binding, bool isOutput, byte* name, void* data, long byteCount, ReadOnlySpan<long> shape, TensorElementType type)
    {
        nint value;
        fixed (long* dimensions = shape)
        {
            Check(CreateTensor(CpuMemory, data, (nuint)byteCount, dimensions, (nuint)shape.Length, (int)type, &value), "CreateTensorWithDataAsOrtValue");
        }

        var handle = binding.DangerousGetHandle();
        var status = isOutput ? BindOutputFunction(handle, name, value) : BindInputFunction(handle, name, value);

        // The binding keeps a reference of its own.
        ReleaseValue(value);
        Check(status, isOutput ? "BindOutput" : "BindInput");
    }

    private static void Check(nint status, string function)
    {
        if (status != 0)
        {
            var message = Marshal.PtrToStringUTF8((nint)ErrorMessage(status));
            ReleaseStatus(status);
            throw new InvalidOperationException($"{function}: {message}");
        }
    }

    [LibraryImport("onnxruntime")]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static partial nint OrtGetApiBase();
}
