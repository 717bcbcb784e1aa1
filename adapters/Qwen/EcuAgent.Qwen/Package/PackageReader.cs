namespace EcuAgent.Qwen.Package;

/// <summary>Recognises who packed a model folder and reads it.</summary>
internal static class PackageReader
{
    /// <summary>Opens our own package (manifest.json), a folder of ONNX Runtime GenAI (genai_config.json) or one from Hugging Face (config.json).</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="graphFile">Which ONNX file of a Hugging Face folder to take; null takes the first of <see cref="HuggingFaceFolder.Preferred"/>.</param>
    /// <param name="verifyHashes">Whether hashes of our own packages are compared.</param>
    /// <exception cref="QwenModelException">The folder is none of these, or something in it is missing, damaged, unknown or contradicting.</exception>
    public static ModelPackage Open(string directory, string? graphFile, bool verifyHashes)
    {
        if (!Directory.Exists(directory))
        {
            throw new QwenModelException(QwenModelError.Missing, directory, "the model package folder does not exist");
        }

        if (File.Exists(Path.Combine(directory, ModelManifest.FileName)))
        {
            return ModelPackage.Open(directory, verifyHashes);
        }

        if (File.Exists(Path.Combine(directory, GenAiFolder.ConfigFileName)))
        {
            return GenAiFolder.Open(directory);
        }

        if (File.Exists(Path.Combine(directory, HuggingFaceFolder.ConfigFileName)))
        {
            return HuggingFaceFolder.Open(directory, graphFile);
        }

        throw new QwenModelException(
            QwenModelError.Missing,
            Path.Combine(directory, ModelManifest.FileName),
            $"the folder holds no {ModelManifest.FileName} (our package), no {GenAiFolder.ConfigFileName} (ONNX Runtime GenAI) and no {HuggingFaceFolder.ConfigFileName} (Hugging Face)");
    }
}
