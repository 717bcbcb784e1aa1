using EcuAgent.Core.Deferral;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent;

/// <summary>The question whether a deferred request shall be taken up. A yes binds nobody: the purchase itself is read back and confirmed apart.</summary>
internal sealed record ResumeQuestion(string Id, DeferredItem Item, Phrases Phrases, long Asked);
