namespace EcuAgent.Commerce.Tests;

public sealed class BoundedMapTests
{
    [Fact]
    public void Map_Full_DropsTheLeastRecentlyUsed()
    {
        var map = new BoundedMap<int, string>(2);
        map.Set(1, "one");
        map.Set(2, "two");
        Assert.True(map.TryGet(1, out _));
        map.Set(3, "three");

        Assert.True(map.TryGet(1, out var one));
        Assert.Equal("one", one);
        Assert.False(map.TryGet(2, out _));
        Assert.Equal(2, map.Count);
    }

    [Fact]
    public void Map_SetAgain_HoldsTheNewOneAndDropsNothing()
    {
        var map = new BoundedMap<int, string>(2);
        map.Set(1, "one");
        map.Set(2, "two");
        map.Set(1, "uno");

        Assert.True(map.TryGet(1, out var value));
        Assert.Equal("uno", value);
        Assert.True(map.TryGet(2, out _));
    }
}
