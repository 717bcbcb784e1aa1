namespace EcuAgent.Core.Tests.Commerce;

/// <summary>A request that the engine can make.</summary>
internal enum Step
{
    Open,
    Get,
    Grant,
    Complete,
    Cancel,
    CancelOrder,
}
