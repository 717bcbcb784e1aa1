namespace EcuAgent.Core.Commerce;

/// <summary>One reason of a suggestion or of a stop. Holds nothing that the person said.</summary>
/// <param name="Code">Stable code, see <see cref="WhyCodes"/>.</param>
/// <param name="Value">Its value in invariant text, for example <c>1200</c>; empty where the code says it all.</param>
/// <param name="Points">What it adds to the score, 0 or more; 0 where nothing is scored.</param>
public sealed record WhyReason(string Code, string Value = "", int Points = 0)
{
    /// <summary>Value of a reason that counts because of what holds for every purchase of the person, see <see cref="BuyerPreferences"/>.</summary>
    public const string Preference = "preference";

    /// <summary>The form of <see cref="PurchaseRecord.Why"/>: <c>distance_m=1200</c>, or the code alone.</summary>
    public override string ToString() => Value.Length == 0 ? Code : $"{Code}={Value}";
}
