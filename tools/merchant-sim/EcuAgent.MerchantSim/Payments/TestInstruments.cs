namespace EcuAgent.MerchantSim.Payments;

/// <summary>
/// Network tokens that the payment provider knows. They are the <c>payment_method.number</c> of a delegate payment request; all others
/// are refused, card numbers above all.
/// </summary>
public static class TestInstruments
{
    /// <summary>Pays whatever the allowance admits.</summary>
    public const string AlwaysPays = "sim_token_pays";

    /// <summary>Gets a token, and is declined when a merchant charges it.</summary>
    public const string Declined = "sim_token_declined";

    /// <summary>Pays only with an issuer authentication result.</summary>
    public const string RequiresAuthentication = "sim_token_3ds";

    /// <summary>Pays up to <see cref="LimitMinorUnits"/>.</summary>
    public const string Limited = "sim_token_limit";

    /// <summary>Most that <see cref="Limited"/> pays at once, in minor units.</summary>
    public const long LimitMinorUnits = 2000;

    internal static bool IsKnown(string number) => number is AlwaysPays or Declined or RequiresAuthentication or Limited;
}
