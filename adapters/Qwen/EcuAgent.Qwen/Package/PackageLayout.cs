namespace EcuAgent.Qwen.Package;

/// <summary>Who packed a model folder.</summary>
internal enum PackageLayout
{
    /// <summary>manifest.json of this project.</summary>
    Native,

    /// <summary>config.json and onnx/model*.onnx, as on Hugging Face.</summary>
    HuggingFace,

    /// <summary>genai_config.json of ONNX Runtime GenAI.</summary>
    GenAi,
}
