namespace EcuAgent.QwenExport.Onnx;

/// <summary>Where an initializer's data lies in a <see cref="TensorStore"/>; offset and length in bytes.</summary>
internal sealed record StoredTensor(OnnxType Type, long[] Shape, long Offset, long ByteCount);
