namespace EcuAgent.Core.Tests.Commerce;

/// <summary>A request that the engine can make.</summary>
internal enum Step
{
    Open,
    Update,
    Get,
    Grant,
    Complete,
    Cancel,
    CancelOrder,
}
