using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Policy;

/// <summary>The rules between members of a policy, which a JSON schema cannot say.</summary>
internal static class PolicyRules
{
    internal static void Check(JsonFaultReader json, GateCell?[] cells, ConfirmationRule?[] confirmations, bool hasCommitLimits)
    {
        bool confirmsOutsideParked = false;
        HashSet<DrivingState> confirming = [];
        foreach ((string classWord, ActionClass actionClass) in PolicyVocabulary.Classes)
        {
            foreach ((string stateWord, DrivingState state) in PolicyVocabulary.States)
            {
                if (cells[GatePolicy.Index(actionClass, state)] is not { } cell)
                {
                    continue;
                }

                string path = $"$.table.{classWord}.{stateWord}";
                CheckFloor(json, actionClass, state, cell, path);
                CheckOrder(json, cells, actionClass, state, cell, path);
                if (cell.Verdict != GateVerdict.Confirm)
                {
                    continue;
                }

                confirming.Add(state);
                confirmsOutsideParked |= state != DrivingState.Parked;
                if (state != DrivingState.Parked && actionClass != ActionClass.Commit)
                {
                    json.Add(path + ".verdict", "\"confirm\"", "outside parked only a commit can be confirmed; the limits of others are not defined");
                }
            }
        }

        CheckConfirmationRules(json, confirmations, confirming);
        if (confirmsOutsideParked && !hasCommitLimits)
        {
            json.Add("$.commitLimits", "(missing)", "must be given, because a commit may be confirmed outside parked");
        }
    }

    private static void CheckFloor(JsonFaultReader json, ActionClass actionClass, DrivingState state, GateCell cell, string path)
    {
        GateCell floor = HardFloor.Cell(actionClass, state);
        if (cell.IsLooserThan(floor))
        {
            json.Add(path, Describe(cell), $"is looser than the hard floor, {Describe(floor)}");
        }
    }

    private static void CheckOrder(
        JsonFaultReader json, GateCell?[] cells, ActionClass actionClass, DrivingState state, GateCell cell, string path)
    {
        foreach ((string otherWord, DrivingState other) in PolicyVocabulary.States)
        {
            if (other.Strictness() < state.Strictness()
                && cells[GatePolicy.Index(actionClass, other)] is { } otherCell
                && cell.IsLooserThan(otherCell))
            {
                json.Add(path, Describe(cell), $"is looser than {otherWord}, {Describe(otherCell)}");
            }
        }
    }

    private static void CheckConfirmationRules(
        JsonFaultReader json, ConfirmationRule?[] confirmations, HashSet<DrivingState> confirming)
    {
        ConfirmationRule? parked = confirmations[DrivingState.Parked.Strictness()];
        foreach ((string stateWord, DrivingState state) in PolicyVocabulary.States)
        {
            string path = $"$.confirmation.{stateWord}";
            ConfirmationRule? rule = confirmations[state.Strictness()];
            if (rule is null)
            {
                if (confirming.Contains(state))
                {
                    json.Add(path, "(missing)", "must be given, because the table confirms something in this state");
                }

                continue;
            }

            if (state == DrivingState.Parked)
            {
                continue;
            }

            if (rule.AnswerWithin > TimeSpan.FromSeconds(8))
            {
                json.Add(path + ".answerWithinSeconds", $"{rule.AnswerWithin.TotalSeconds}", "must be at most 8 outside parked");
            }

            if (rule.Speakers.Contains(SpeakerZone.RearLeft) || rule.Speakers.Contains(SpeakerZone.RearRight))
            {
                json.Add(path + ".speakers", string.Join(", ", rule.Speakers), "outside parked only the front seats may confirm");
            }

            if (parked is not null && rule.MinimumConfidence < parked.MinimumConfidence)
            {
                json.Add(path + ".minimumConfidence", $"{rule.MinimumConfidence}", $"is looser than parked, {parked.MinimumConfidence}");
            }
        }
    }

    private static string Describe(GateCell cell)
    {
        string text = PolicyVocabulary.Word(PolicyVocabulary.Verdicts, cell.Verdict);
        if (cell.Verdict >= GateVerdict.Confirm)
        {
            text += cell.VoiceOnly ? " by voice" : " by any channel";
        }

        if (cell.Limits.MaxSentences is { } sentences)
        {
            text += $", {sentences} sentences";
        }

        if (cell.Limits.MaxOptions is { } options)
        {
            text += $", {options} options";
        }

        return text;
    }
}
