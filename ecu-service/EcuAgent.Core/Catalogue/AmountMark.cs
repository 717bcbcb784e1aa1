namespace EcuAgent.Core.Catalogue;

/// <summary>What a piece of a text means to an amount of money.</summary>
internal enum AmountMarkKind
{
    /// <summary>Nothing: punctuation, "to", "please", 给.</summary>
    Other,

    /// <summary>A number; without a value when it can be read in two ways.</summary>
    Number,

    /// <summary>A currency: "euros", 块.</summary>
    Major,

    /// <summary>A tenth of it: 毛, 角.</summary>
    Tenth,

    /// <summary>A hundredth of it: "cents", 分.</summary>
    Hundredth,

    /// <summary>Something else that is counted: "percent", "pm", 公里.</summary>
    NoMoney,

    /// <summary>"and".</summary>
    And,

    /// <summary>半 behind a currency.</summary>
    Half,

    /// <summary>The end of the text or of a sentence.</summary>
    End,

    /// <summary>A currency sign before its number: "$20".</summary>
    Sign,

    /// <summary>A word that an amount may stand before but not behind: "pay 20 at the pump", "pay at 7".</summary>
    Where,

    /// <summary>A word that gives the number behind it another meaning: "pump", "number", "May".</summary>
    Label,

    /// <summary>An English word that may be what the number before it counts or belongs to: "12 Main Street", "two coffees".</summary>
    Word,
}

/// <summary>One piece of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The number, or null.</param>
/// <param name="IsWeak">A word that is a number only together with a currency: "one", 一.</param>
/// <param name="IsChinese">A Chinese word.</param>
internal readonly record struct AmountMark(AmountMarkKind Kind, decimal? Value = null, bool IsWeak = false, bool IsChinese = false);
