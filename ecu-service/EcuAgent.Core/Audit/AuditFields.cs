using System.Text.Json;
using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Audit;

/// <summary>Writes the members of an entry; texts that could hold speech become digests.</summary>
internal static class AuditFields
{
    private const int MaximumCodeLength = 64;

    internal static string Code(AuditKind kind) => kind switch
    {
        AuditKind.Decision => "decision",
        AuditKind.CommitCheck => "commit_check",
        AuditKind.QuestionOpened => "question_opened",
        AuditKind.QuestionAnswered => "question_answered",
        AuditKind.QuestionRevoked => "question_revoked",
        AuditKind.QuestionExpired => "question_expired",
        AuditKind.Deferred => "deferred",
        AuditKind.DeferralOffered => "deferral_offered",
        AuditKind.DeferralEnded => "deferral_ended",
        AuditKind.CommandIssued => "command_issued",
        AuditKind.CommandOutcome => "command_outcome",
        AuditKind.ToolEnded => "tool_ended",
        AuditKind.PolicyLoaded => "policy_loaded",
        AuditKind.ServiceStarted => "service_started",
        AuditKind.ServiceStopped => "service_stopped",
        _ => "unknown",
    };

    internal static void Write(Utf8JsonWriter json, in AuditEntry entry, Func<string, string?> digest)
    {
        Id("utterance", entry.UtteranceId);
        Id("decision", entry.DecisionId);
        Id("command", entry.CommandId);
        Id("question", entry.QuestionId);
        Id("deferral", entry.DeferralId);
        Id("model", entry.Model);
        Id("tool", entry.Tool);
        Word("class", entry.ActionClass);
        Word("verdict", entry.Decision);
        Id("reason", entry.Reason);
        Word("state", entry.State);
        Id("profile", entry.Profile);
        Word("zone", entry.Zone);
        Word("channel", entry.Channel);
        if (entry.AsrConfidence is { } confidence && double.IsFinite(confidence))
        {
            json.WriteNumber("asrConfidence", confidence);
        }

        Digested("utteranceDigest", entry.UtteranceText);
        Digested("termsDigest", entry.Terms);

        void Id(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                json.WriteString(name, LooksLikeCode(value) ? value : "digest:" + (digest(value) ?? "none"));
            }
        }

        void Word<T>(string name, T? value)
            where T : struct, Enum
        {
            if (value is { } known)
            {
                json.WriteString(name, known.ToString());
            }
        }

        void Digested(string name, string? value)
        {
            if (value is not null && digest(value) is { } text)
            {
                json.WriteString(name, text);
            }
        }
    }

    private static bool LooksLikeCode(string value)
    {
        if (value.Length > MaximumCodeLength)
        {
            return false;
        }

        foreach (char c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or ':' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
