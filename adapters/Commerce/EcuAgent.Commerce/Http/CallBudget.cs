namespace EcuAgent.Commerce.Http;

/// <summary>The time that is left for one call of a port, over all its requests and waits.</summary>
internal readonly struct CallBudget(TimeProvider time, TimeSpan whole)
{
    private readonly long _begun = time.GetTimestamp();

    /// <summary>0 or more.</summary>
    internal TimeSpan Left
    {
        get
        {
            var left = whole - time.GetElapsedTime(_begun);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
