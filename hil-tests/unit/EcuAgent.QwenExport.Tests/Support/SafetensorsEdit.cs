using System.Text;
using System.Text.Json.Nodes;

namespace EcuAgent.QwenExport.Tests.Support;

/// <summary>Damages a checkpoint on purpose.</summary>
internal static class SafetensorsEdit
{
    public static string WeightsOf(string checkpoint) => Path.Combine(checkpoint, "model.safetensors");

    /// <summary>Changes the header and leaves the data alone.</summary>
    public static void Header(string checkpoint, Action<JsonObject> edit)
    {
        var bytes = File.ReadAllBytes(WeightsOf(checkpoint));
        var length = (int)BitConverter.ToInt64(bytes);
        var header = (JsonObject)JsonNode.Parse(bytes.AsSpan(8, length))!;
        edit(header);
        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(WeightsOf(checkpoint), [.. BitConverter.GetBytes((long)text.Length), .. text, .. bytes.AsSpan(8 + length)]);
    }

    /// <summary>Writes a tensor's changed values over the old ones (F32).</summary>
    public static void Rewrite(string checkpoint, TestModel model, string tensor)
    {
        var bytes = File.ReadAllBytes(WeightsOf(checkpoint));
        var length = (int)BitConverter.ToInt64(bytes);
        var begin = JsonNode.Parse(bytes.AsSpan(8, length))![tensor]!["data_offsets"]![0]!.GetValue<int>();
        var values = model.Tensors[tensor].Values;
        for (var i = 0; i < values.Length; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(8 + length + begin + (4 * i)), (float)values[i]);
        }

        File.WriteAllBytes(WeightsOf(checkpoint), bytes);
    }

    public static void Json(string path, Action<JsonObject> edit)
    {
        var root = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        edit(root);
        File.WriteAllText(path, root.ToJsonString());
    }
}
