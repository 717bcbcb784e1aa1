namespace EcuAgent.QwenCloud.Tests.Support;

/// <summary>A key in an environment variable of its own.</summary>
internal static class TestKey
{
    internal const string Variable = "ECUAGENT_TEST_CLOUD_KEY";
    internal const string Secret = "sk-test-of-no-account";

    static TestKey() => Environment.SetEnvironmentVariable(Variable, Secret);

    internal static string SetVariable => Variable;
}
