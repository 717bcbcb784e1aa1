namespace EcuAgent.QwenExport.Tests.Support;

/// <summary>Shapes that real checkpoints have, and shapes that only a test would choose.</summary>
internal static class TestModels
{
    public static readonly TestModel[] All =
    [
        new() { Label = "tied, groups of 2" },
        new() { Label = "untied, three shards, BF16, hidden 80, groups of 3", Hidden = 80, Heads = 3, KeyValueHeads = 1, HeadDimension = 32, Intermediate = 72, Layers = 3, Tied = false, Theta = 1_000_000, DataType = "BF16", Shards = 3, Seed = 2 },
        new() { Label = "no groups, F16", Hidden = 32, Heads = 2, KeyValueHeads = 2, HeadDimension = 64, Intermediate = 128, Layers = 1, Epsilon = 1e-5, DataType = "F16", Seed = 3 },
        new() { Label = "head 20, groups of 8, hidden 72", Hidden = 72, Heads = 8, KeyValueHeads = 1, HeadDimension = 20, Seed = 4 },
        new() { Label = "head 6, hidden 41, intermediate 33", Hidden = 41, Heads = 6, KeyValueHeads = 2, HeadDimension = 6, Intermediate = 33, Vocabulary = 307, Tied = false, Seed = 5 },
        new() { Label = "attention_bias", AttentionBias = true, HeadDimension = 24, Seed = 6 },
        new() { Label = "linear scaling, new spelling", RopeScaling = """{"rope_type":"linear","factor":2.5}""", NewRopeSpelling = true, Theta = 50_000, Seed = 7 },
        new() { Label = "yarn, new spelling", HeadDimension = 32, RopeScaling = """{"rope_type":"yarn","factor":4.0,"original_max_position_embeddings":64,"beta_fast":16,"attention_factor":1.2}""", NewRopeSpelling = true, MaxPositions = 256, Seed = 8 },
        new() { Label = "default, new spelling", NewRopeSpelling = true, Theta = 1_000_000, Heads = 10, KeyValueHeads = 2, HeadDimension = 16, Seed = 15 },
        new() { Family = "qwen2", Label = "tied, groups of 2", Seed = 9 },
        new() { Family = "qwen2", Label = "untied, F64, head 12, groups of 5, hidden 60", Hidden = 60, Heads = 5, KeyValueHeads = 1, HeadDimension = 12, Tied = false, DataType = "F64", Seed = 10 },
        new() { Family = "qwen2", Label = "groups of 7, BF16", Hidden = 224, Heads = 14, KeyValueHeads = 2, HeadDimension = 16, DataType = "BF16", Shards = 2, Seed = 11 },
        new() { Family = "qwen2", Label = "yarn as Qwen documents it", Hidden = 128, Heads = 4, KeyValueHeads = 1, HeadDimension = 32, RopeScaling = """{"type":"yarn","factor":4.0,"original_max_position_embeddings":64}""", MaxPositions = 64, Seed = 12 },
        new() { Family = "qwen2", Label = "groups of 6, odd vocabulary", Hidden = 96, Heads = 6, KeyValueHeads = 1, Vocabulary = 337, Seed = 13 },
        new() { Family = "qwen2", Label = "window of 7 from the second layer on", Window = 7, FirstWindowLayer = 1, Layers = 3, Seed = 14 },
        new() { Label = "groups of 4, long vocabulary", Hidden = 96, Heads = 8, KeyValueHeads = 2, Vocabulary = 1001, Tied = false, Seed = 16 },
    ];
}
