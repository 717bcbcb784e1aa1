using EcuAgent.Qwen.Package;

namespace EcuAgent.QwenExport;

/// <summary>A finished export; <paramref name="WasRun"/> says whether the graph was loaded and run afterwards.</summary>
internal sealed record ExportResult(ModelManifest Manifest, ExportReport Report, bool WasRun);
