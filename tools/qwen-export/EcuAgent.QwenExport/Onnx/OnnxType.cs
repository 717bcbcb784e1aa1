namespace EcuAgent.QwenExport.Onnx;

/// <summary>Element types (TensorProto.DataType) that our graphs use.</summary>
internal enum OnnxType
{
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Float16 = 10,
}
