using System.Globalization;

namespace EcuAgent.QwenExport.Onnx;

/// <summary>Declarations of inputs and outputs.</summary>
internal static class OnnxShape
{
    /// <summary>A named tensor; a dimension is an integer, or a string for one that is known only when the graph runs.</summary>
    public static OnnxMessage ValueInfo(string name, OnnxType type, params object[] shape)
    {
        var dimensions = new OnnxMessage();
        foreach (var dimension in shape)
        {
            dimensions.Child(1, dimension is string symbol
                ? new OnnxMessage().Text(2, symbol)
                : new OnnxMessage().Int(1, Convert.ToInt64(dimension, CultureInfo.InvariantCulture)));
        }

        var tensor = new OnnxMessage().Int(1, (int)type).Child(2, dimensions);
        return new OnnxMessage().Text(1, name).Child(2, new OnnxMessage().Child(1, tensor));
    }
}
