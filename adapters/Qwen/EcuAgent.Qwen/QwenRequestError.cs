namespace EcuAgent.Qwen;

/// <summary>Why a request was refused before the model ran, or given up.</summary>
public enum QwenRequestError
{
    /// <summary>No user message, or a message kind that the prompt style cannot express.</summary>
    UnsupportedMessage,

    /// <summary>A tool's schema uses a keyword or type outside the supported subset; nothing is ignored silently.</summary>
    UnsupportedSchema,

    /// <summary>The tools are not the catalogue that a compact model was trained on.</summary>
    CatalogueMismatch,

    /// <summary>A compact model was asked for something other than tool calls.</summary>
    ToolsRequired,

    /// <summary>Prompt and room for the answer do not fit into the model's context.</summary>
    PromptTooLong,

    /// <summary>More requests wait than <see cref="QwenOptions.MaxWaitingRequests"/>; the newest is refused.</summary>
    Busy,

    /// <summary>The model gave numbers that are not finite.</summary>
    BadLogits,

    /// <summary>ONNX Runtime failed in the middle of an answer; the message has its words.</summary>
    RunFailed,

    /// <summary>The request's time was over before its turn came.</summary>
    Deadline,

    /// <summary>An option of the request has a value that cannot be used; the message names both.</summary>
    BadOption,
}
