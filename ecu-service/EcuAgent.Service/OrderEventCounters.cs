using EcuAgent.Commerce.Receiver;

namespace EcuAgent.Service;

/// <summary>What became of order events since the start.</summary>
/// <param name="Requests">At the receiver.</param>
/// <param name="Joined">Events about orders that waited already.</param>
/// <param name="Looked">Orders whose merchant was asked and answered.</param>
/// <param name="NotOpen">Orders that are over, or another car's.</param>
/// <param name="LeftToPolling">Orders whose merchant did not answer, or that were being worked on for too long.</param>
internal sealed record OrderEventCounters(ReceiverCounters Requests, long Joined, long Looked, long NotOpen, long LeftToPolling);
