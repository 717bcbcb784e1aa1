namespace EcuAgent.Core.Catalogue;

/// <summary>Names of the rules that a call can break; schema words keep their JSON schema names.</summary>
public static class CallRules
{
    /// <summary>The catalogue has no such tool.</summary>
    public const string KnownTool = "knownTool";

    /// <summary>The client could not read the arguments that the model wrote.</summary>
    public const string Readable = "readable";

    /// <summary>An argument that the schema does not name.</summary>
    public const string AdditionalProperties = "additionalProperties";

    /// <summary>A required argument is missing.</summary>
    public const string Required = "required";

    /// <summary>The value is of another type, or not finite.</summary>
    public const string Type = "type";

    /// <summary>The word is not in the list.</summary>
    public const string Enum = "enum";

    /// <summary>The number is too low.</summary>
    public const string Minimum = "minimum";

    /// <summary>The number is too high.</summary>
    public const string Maximum = "maximum";

    /// <summary>The number is not a multiple of the step.</summary>
    public const string MultipleOf = "multipleOf";

    /// <summary>The text is too short.</summary>
    public const string MinLength = "minLength";

    /// <summary>The text is too long.</summary>
    public const string MaxLength = "maxLength";

    /// <summary>The text holds a control character, a quotation mark or a backslash.</summary>
    public const string PlainText = "plainText";

    /// <summary>The text does not occur in the utterance.</summary>
    public const string CopiedFromUtterance = "x-copied-from";

    /// <summary>The amount of money was not said; see <see cref="SpokenAmounts"/>. The argument is left out, the call stays valid.</summary>
    public const string SpokenAmount = "spokenAmount";

    /// <summary>One call too many for one utterance.</summary>
    public const string MaxCalls = "maxCallsPerUtterance";
}
