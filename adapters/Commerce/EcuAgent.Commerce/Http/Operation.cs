namespace EcuAgent.Commerce.Http;

/// <summary>What a request is for; what a status means depends on it.</summary>
internal enum Operation
{
    Discover,
    Feed,
    Create,
    Update,
    Get,
    Complete,
    Cancel,
    CancelOrder,
    Grant,
}
