namespace EcuAgent.QwenExport;

/// <summary>Step of the int8 key/value cache in one layer: one number for each element of each key/value head, as [heads x head size].</summary>
internal sealed record CacheScale(float[] Keys, float[] Values);
