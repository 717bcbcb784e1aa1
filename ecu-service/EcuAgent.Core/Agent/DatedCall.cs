using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>A call with the day that was said for it. Models are not asked for days: a wrong one is money lost.</summary>
/// <param name="Arguments">The arguments, with the day where one was said and matters.</param>
/// <param name="Reason">Why it is not carried out, <see cref="AgentReasons.DayUnclear"/> or <see cref="AgentReasons.OnlyToday"/>; empty when nothing hinders.</param>
internal readonly record struct DatedCall(ToolArguments Arguments, string Reason)
{
    private const string Nights = "nights";

    /// <summary>
    /// Reads the day out of what was said; where nothing was, out of what the same person said before about the same need, or before the question what
    /// is meant. The day is that of the instant of speaking: "tomorrow" stays the same day however long the call waits.
    /// </summary>
    public static DatedCall Of(Turn turn, ToolDefinition tool, ToolArguments arguments)
    {
        var isFood = tool.Name is ToolNames.OrderFood or ToolNames.AddToCart;
        if (!isFood && !HasDay(tool.Name))
        {
            return new DatedCall(arguments, "");
        }

        var today = turn.SpokenOn;
        var names = arguments.Values.Values.OfType<string>().ToList();
        var said = SpokenDays.Read(turn.Utterance.Text, today, names);
        if (said == SpokenDay.None && turn.Earlier is { } earlier && earlier.Calls.Any(call => call.Name == ToolNames.Clarify || IsSameNeed(call.Name, tool.Name)))
        {
            said = SpokenDays.Read(earlier.Text, today, names);
        }

        if (isFood)
        {
            return new DatedCall(arguments, said.IsUnclear || said.Day > today ? AgentReasons.OnlyToday : "");
        }

        if (said.Day is { } day)
        {
            var dated = arguments.On(day);
            return new DatedCall(said.Nights is { } nights && tool.Parameter(Nights) is not null ? dated.With(Nights, nights) : dated, "");
        }

        // A search binds nobody, and what is booked from it is read back with its day.
        return new DatedCall(arguments, said.IsUnclear && tool.ActionClass == ActionClass.Commit ? AgentReasons.DayUnclear : "");
    }

    private static bool HasDay(string tool) => Needs.OfTool(tool) is MerchantNeed.Hotel or MerchantNeed.Ticket or MerchantNeed.Table;

    private static bool IsSameNeed(string earlier, string tool) => HasDay(earlier) && Needs.OfTool(earlier) == Needs.OfTool(tool);
}
