namespace EcuAgent.QwenExport;

/// <summary>What to export and how.</summary>
/// <param name="CheckpointDirectory">Hugging Face folder.</param>
/// <param name="OutputDirectory">Package folder; made when missing, its model files are replaced.</param>
/// <param name="Bits">Bits of one weight: 32, 8 or 4.</param>
/// <param name="PromptStyle">"compact" or "qwen".</param>
/// <param name="CataloguePath">catalogue.json the model was trained on; needed for compact.</param>
/// <param name="Name">Name of the model; null takes the checkpoint folder's name.</param>
/// <param name="MaxContext">Positions that prompt and answer share; 0 takes 512 for compact and 5120 for qwen, at most the checkpoint's own limit.</param>
internal sealed record ExportSettings(
    string CheckpointDirectory,
    string OutputDirectory,
    int Bits,
    string PromptStyle,
    string? CataloguePath = null,
    string? Name = null,
    int MaxContext = 0);
