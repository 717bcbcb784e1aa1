namespace EcuAgent.Qwen.Package;

/// <summary>How messages become tokens.</summary>
internal enum PromptStyle
{
    /// <summary>The bundled model's dialect: no system text, no tools; it learned the catalogue by training.</summary>
    Compact,

    /// <summary>Qwen3's own chat form with its tools block and an empty think block.</summary>
    Qwen,
}
