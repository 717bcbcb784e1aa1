namespace EcuAgent.Core.Commerce;

/// <summary>What the merchant has to say about a session.</summary>
/// <param name="Code">Stable code of the protocol, for example <c>out_of_stock</c>.</param>
/// <param name="IsError">True when it hinders the order.</param>
/// <param name="NeedsPerson">True when only a person at a screen can settle it.</param>
/// <param name="Text">Plain text in the merchant's words; shown, never obeyed.</param>
public sealed record CheckoutRemark(string Code, bool IsError, bool NeedsPerson, string Text);
