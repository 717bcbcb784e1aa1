namespace EcuAgent.Qwen;

/// <summary>Why a model package was refused.</summary>
public enum QwenModelError
{
    /// <summary>The package folder or one of its files does not exist.</summary>
    Missing,

    /// <summary>A file exists but cannot be read as what it should be (broken JSON, truncated graph).</summary>
    Damaged,

    /// <summary>A file's SHA-256 is not the one in the manifest.</summary>
    HashMismatch,

    /// <summary>Format, architecture, prompt style or a feature that this runtime does not know.</summary>
    Unsupported,

    /// <summary>Graph, configuration and tokenizer do not fit each other (vocabulary size, shapes, missing tokens).</summary>
    Inconsistent,

    /// <summary>The process runs without ICU, so text cannot be normalised as the tokenizer needs it.</summary>
    NoUnicodeNormalization,

    /// <summary>The graph loads but its first run fails or gives numbers that are not finite.</summary>
    ProbeFailed,

    /// <summary>The execution provider asked for is not in this build, or cannot start here.</summary>
    ProviderUnavailable,

    /// <summary>The key/value caches asked for are larger than <see cref="QwenOptions.MaxCacheBytes"/>.</summary>
    TooLarge,
}
