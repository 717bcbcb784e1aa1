namespace EcuAgent.CycloneDds;

/// <summary>Names of QoS policies as the DDS specification writes them, by Cyclone's policy id (dds_qos_policy_id_t).</summary>
internal static class DdsPolicyName
{
    private static readonly string[] s_names =
    [
        "INVALID", "USER_DATA", "DURABILITY", "PRESENTATION", "DEADLINE", "LATENCY_BUDGET", "OWNERSHIP", "OWNERSHIP_STRENGTH",
        "LIVELINESS", "TIME_BASED_FILTER", "PARTITION", "RELIABILITY", "DESTINATION_ORDER", "HISTORY", "RESOURCE_LIMITS",
        "ENTITY_FACTORY", "WRITER_DATA_LIFECYCLE", "READER_DATA_LIFECYCLE", "TOPIC_DATA", "GROUP_DATA", "TRANSPORT_PRIORITY",
        "LIFESPAN", "DURABILITY_SERVICE", "PROPERTY", "TYPE_CONSISTENCY_ENFORCEMENT", "DATA_REPRESENTATION",
    ];

    internal static string Of(uint policyId) => policyId < (uint)s_names.Length ? s_names[policyId] : "POLICY_" + policyId;
}
