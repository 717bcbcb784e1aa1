namespace EcuAgent.MerchantSim.Checkout;

/// <summary>Something that the merchant has to say about a session.</summary>
/// <param name="Kind">Errors stand in the way of an order, the others do not.</param>
/// <param name="Code">Code of the protocol; empty for information.</param>
/// <param name="Content">For a person, plain text.</param>
internal sealed record Notice(NoticeKind Kind, string Code, string Content)
{
    /// <summary>JSONPath of the field that it is about, in the request or the answer.</summary>
    public string? Param { get; init; }

    /// <summary>Who can settle it.</summary>
    public Resolution Resolution { get; init; }

    public static Notice Error(string code, string content, string? param = null, Resolution resolution = Resolution.Recoverable) =>
        new(NoticeKind.Error, code, content) { Param = param, Resolution = resolution };

    public static Notice Warning(string code, string content, string? param = null, Resolution resolution = Resolution.RequiresBuyerReview) =>
        new(NoticeKind.Warning, code, content) { Param = param, Resolution = resolution };

    public static Notice Info(string content, string? param = null) => new(NoticeKind.Info, "", content) { Param = param };
}

/// <summary>How much a notice weighs.</summary>
internal enum NoticeKind
{
    Info,
    Warning,
    Error,
}

/// <summary>Who can settle a notice; the two that need the buyer are what a driver must not be asked.</summary>
internal enum Resolution
{
    /// <summary>The agent, by another request.</summary>
    Recoverable,

    /// <summary>The buyer has to tell something.</summary>
    RequiresBuyerInput,

    /// <summary>The buyer has to look and agree.</summary>
    RequiresBuyerReview,
}
